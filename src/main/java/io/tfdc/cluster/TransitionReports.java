package io.tfdc.cluster;

import io.tfdc.coordination.Heartbeat;
import io.tfdc.coordination.MemberView;
import io.tfdc.coordination.Transition;
import io.tfdc.coordination.Transition.Kind;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log of states what a process saw, one entry after the other. While the broker is away up to {@value #MOST_WAITING} wait, with the
 * time at which they were seen; beyond that the oldest are dropped: they are for people to look at, nothing is decided by them. Owned by one
 * context, which calls {@link #tick}.
 */
final class TransitionReports {
    private static final Logger LOG = LoggerFactory.getLogger(TransitionReports.class);
    private static final int MOST_WAITING = 200;
    private static final long AGAIN_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long RESTATE_NANOS = Duration.ofMinutes(20).toNanos();
    private static final Duration LAST_WORD = Duration.ofSeconds(1);

    private final TransitionLog log;
    private final Moments moments;
    private final String podName;
    private final String reporter;
    private final Deque<Entry> waiting = new ArrayDeque<>();
    private long entries;
    private boolean writing;
    private boolean gone;
    private long notBefore;
    private @Nullable Transition last;
    private long lastAt;

    private record Entry(Transition transition, String id) {}

    /** @param reporter unlike any other one's name */
    TransitionReports(TransitionLog log, Moments moments, String podName, String reporter) {
        this.log = log;
        this.moments = moments;
        this.podName = podName;
        this.reporter = reporter;
        this.notBefore = moments.nanos();
    }

    /** This process's own state; told if it is another one, or was told long ago. */
    void seen(MemberView view, boolean leading) {
        if (gone) {
            return;
        }
        Transition now = of(view, Kind.STATE, leading);
        Transition before = last;
        boolean same = before != null
                && before.state() == now.state()
                && before.leading() == leading
                && before.id().equals(now.id())
                && before.incarnation().equals(now.incarnation());
        if (!same || moments.nanos() - lastAt >= RESTATE_NANOS) {
            last = now;
            lastAt = moments.nanos();
            add(now);
        }
    }

    /** That this process has left; completes when that is told, or can't be told in time. */
    Future<Void> left(MemberView view) {
        gone = true;
        return log.append(of(view, Kind.LEFT, false), nextId())
                .timeout(LAST_WORD.toMillis(), TimeUnit.MILLISECONDS)
                .otherwiseEmpty();
    }

    /** What the leader has to say of somebody else. */
    void of(Heartbeat beat, Kind kind) {
        add(new Transition(
                now(),
                beat.id(),
                beat.incarnation(),
                beat.podName(),
                kind,
                beat.state(),
                kind == Kind.STATE && beat.leading(),
                beat.version()));
    }

    private Transition of(MemberView view, Kind kind, boolean leading) {
        return new Transition(
                now(), view.id(), view.incarnation(), podName, kind, view.state(), leading, view.version());
    }

    private Instant now() {
        return moments.now().wall();
    }

    private String nextId() {
        return reporter + '-' + ++entries;
    }

    private void add(Transition transition) {
        if (waiting.size() >= MOST_WAITING) {
            waiting.removeFirst();
        }
        waiting.addLast(new Entry(transition, nextId()));
        tick();
    }

    /** Writes what waits, if its time has come. */
    void tick() {
        Entry entry = waiting.peekFirst();
        if (entry == null || writing || moments.nanos() - notBefore < 0) {
            return;
        }
        writing = true;
        log.append(entry.transition, entry.id).onComplete(done -> {
            writing = false;
            if (done.succeeded()) {
                waiting.removeFirstOccurrence(entry);
                tick();
            } else {
                notBefore = moments.nanos() + AGAIN_NANOS;
                LOG.debug("state not told yet: {}", done.cause().getMessage());
            }
        });
    }
}
