package io.tfdc.coordination;

import io.tfdc.coordination.ElectionAction.Campaign;
import io.tfdc.coordination.ElectionAction.Extend;
import io.tfdc.coordination.ElectionAction.Resign;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A candidate's side of an election. It campaigns while it follows, extends its term while it leads, and goes on trying when the service can't
 * be asked. It {@linkplain #leads leads} from a successful answer until the time at which that question was <em>sent</em>, plus the term,
 * less a margin: the service counts the term from the later arrival, so it gives leadership to nobody else before, whatever the network did and
 * however long this process was frozen. A refused extension ends leadership at once.
 *
 * <p>Use: call {@link #next} every 100 ms or more often; carry out the action that it yields at once; report the outcome by {@link #campaigned},
 * {@link #extended}, {@link #resigned} or, if it is unknown, {@link #failed}. At most one action is under way. All times are
 * nanoseconds of one monotonic clock. Not safe for use from several threads.
 */
public final class Leadership {
    /** Stands between a candidate's name and the number of its stay. */
    static final char STAY = '~';

    private final ElectionTimes times;
    private final SplittableRandom random;
    /** Names of earlier lives that may still lead at the service. */
    private final Deque<FormerName> former = new ArrayDeque<>();

    private @Nullable String candidate;
    private String entered = "";
    private int stays;
    private boolean mayHold;
    private boolean elected;
    private long until;
    private long due;
    private String leader = "";
    private long token;

    private @Nullable ElectionAction underWay;
    /** When a resignation under way is not worth repeating. */
    private long resignUntil;

    private long sent;
    private long actions;

    /** @param giveUp when the name's term has ended anyway */
    private record FormerName(String name, long due, long giveUp) {}

    /** @param seed of the jitter, any number */
    public Leadership(ElectionTimes times, long seed) {
        this.times = times;
        this.random = new SplittableRandom(seed);
    }

    /**
     * Takes part under this name from now on. Whatever an earlier name won is lost, and it resigns. A name that comes back after it left
     * gets a suffix: its resignation may still be on the way and must not meet the new stay.
     */
    public void enter(String name, long nanos) {
        if (candidate != null && name.equals(entered)) {
            return;
        }
        leave(nanos);
        stays = name.equals(entered) ? stays + 1 : 1;
        entered = name;
        candidate = stays == 1 ? name : name + STAY + stays;
        due = nanos;
    }

    /** Takes no further part, and resigns where it may lead. */
    public void leave(long nanos) {
        if (candidate != null && mayHold) {
            former.add(new FormerName(candidate, nanos, nanos + times.term().toNanos()));
        }
        candidate = null;
        mayHold = false;
        elected = false;
        leader = "";
        token = 0;
    }

    /** What to ask of the service now, if anything. Its term counts from this call. */
    public Optional<ElectionAction> next(long nanos) {
        if (underWay != null) {
            return Optional.empty();
        }
        ElectionAction action = resignation(nanos);
        if (action == null && candidate != null && nanos - due >= 0) {
            action = leads(nanos)
                    ? new Extend(++actions, candidate, times.term())
                    : new Campaign(++actions, candidate, times.term());
            mayHold = true;
        }
        underWay = action;
        sent = nanos;
        return Optional.ofNullable(action);
    }

    /**
     * The service answered a campaign.
     *
     * @param won whether the candidate leads
     * @param leads who leads, empty if not known
     * @param fencingToken grows with every change of leader; 0 if the service gives none
     */
    public void campaigned(Campaign action, boolean won, String leads, long fencingToken, long nanos) {
        if (!ends(action)) {
            return;
        }
        leader = won ? action.candidate() : leads;
        token = won ? fencingToken : 0;
        settle(won, nanos);
    }

    /** The service answered an extension. */
    public void extended(Extend action, boolean extended, long nanos) {
        if (!ends(action)) {
            return;
        }
        if (!extended) {
            leader = "";
            token = 0;
        }
        settle(extended, nanos);
    }

    /** The service took note of a resignation. */
    public void resigned(Resign action) {
        ends(action);
    }

    /** The action failed or its outcome is unknown: it may have happened. */
    public void failed(ElectionAction action, long nanos) {
        if (action instanceof Resign) {
            if (isUnderWay(action)) {
                underWay = null;
                former.add(new FormerName(action.candidate(), nanos + jittered(times.campaignInterval()), resignUntil));
            }
        } else if (ends(action)) {
            due = nanos + jittered(times.campaignInterval());
        }
    }

    /** Whether the candidate leads at this time. */
    public boolean leads(long nanos) {
        return elected && nanos - until < 0;
    }

    /** Who leads as far as the last answer tells, empty if not known. */
    public String leader() {
        return leader;
    }

    /** Fencing token of the present leadership, 0 if there is none. */
    public long token() {
        return token;
    }

    /** Whether nothing is left to be asked: it has left and resigned. */
    public boolean hasLeft() {
        return candidate == null && former.isEmpty() && underWay == null;
    }

    /** Ends the action; whether its answer counts: not if it comes late or was asked in an earlier name, which resigns by itself. */
    private boolean ends(ElectionAction action) {
        if (!isUnderWay(action)) {
            return false;
        }
        underWay = null;
        return action.candidate().equals(candidate);
    }

    private boolean isUnderWay(ElectionAction action) {
        return underWay != null && underWay.number() == action.number();
    }

    private void settle(boolean holds, long nanos) {
        elected = holds;
        mayHold = holds;
        until = sent + times.term().minus(times.margin()).toNanos();
        due = holds ? sent + times.renewInterval().toNanos() : nanos + jittered(times.campaignInterval());
    }

    private @Nullable ElectionAction resignation(long nanos) {
        former.removeIf(name -> nanos - name.giveUp() >= 0);
        FormerName first = former.peek();
        if (first == null || nanos - first.due() < 0) {
            return null;
        }
        former.remove();
        resignUntil = first.giveUp();
        return new Resign(++actions, first.name());
    }

    /** A time of half to one and a half of the given one, so that candidates do not march in step. */
    private long jittered(Duration mean) {
        return mean.toNanos() / 2 + random.nextLong(mean.toNanos());
    }
}
