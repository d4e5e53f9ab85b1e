package io.tfdc.cluster;

import io.tfdc.coordination.MemberEvent;
import io.tfdc.coordination.MemberView;
import io.tfdc.coordination.Progress;
import io.vertx.core.eventbus.EventBus;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens every tick: the election moves on, the core hears of the time, of the election and of the work, and the world of the state.
 * Owned by the coordination context.
 */
final class MemberBeat {
    private static final Logger LOG = LoggerFactory.getLogger(MemberBeat.class);

    private final MemberHost member;
    private final ElectionDriver election;
    private final Peers peers;
    private final Supplier<Progress> progress;
    private final ClusterMetrics metrics;
    private final EventBus bus;
    private final TransitionReports reports;
    private volatile @Nullable MemberView view;
    private @Nullable MemberEvent lastElection;
    private @Nullable Progress lastProgress;

    MemberBeat(
            MemberHost member,
            ElectionDriver election,
            Peers peers,
            Supplier<Progress> progress,
            ClusterMetrics metrics,
            EventBus bus,
            TransitionReports reports) {
        this.member = member;
        this.election = election;
        this.peers = peers;
        this.progress = progress;
        this.metrics = metrics;
        this.bus = bus;
        this.reports = reports;
    }

    void tick() {
        election.tick();
        MemberEvent seen = new MemberEvent.ElectionSeen(election.leads(), election.leader());
        if (!seen.equals(lastElection)) {
            lastElection = seen;
            member.tell(seen);
        }
        Progress now = progress.get();
        if (!now.equals(lastProgress)) {
            lastProgress = now;
            member.tell(new MemberEvent.ProgressSeen(now));
        }
        member.tell(new MemberEvent.Tick());
        look();
    }

    /** How the member stood at the last tick; any thread. */
    MemberView view() {
        MemberView known = view;
        return known == null ? member.view() : known;
    }

    private void look() {
        MemberView before = view;
        MemberView now = member.view();
        peers.listenAs(now.incarnation());
        reports.seen(now, election.leads());
        reports.tick();
        if (now.equals(before)) {
            return;
        }
        view = now;
        metrics.seen(before, now);
        bus.publish(ClusterEvents.MEMBER_VIEW, now);
        if (before == null || before.state() != now.state() || !before.id().equals(now.id())) {
            LOG.atInfo()
                    .addKeyValue("id", now.id().map(Object::toString).orElse(""))
                    .addKeyValue("incarnation", now.incarnation())
                    .addKeyValue("version", now.version())
                    .log("member state {}", now.state());
        }
    }
}
