package io.tfdc.leader;

import io.tfdc.coordination.AssignmentMap.Cause;
import io.tfdc.coordination.StableId;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Puts decisions into words for people. */
final class Journal {
    private static final int NAMED = 5;

    private Journal() {}

    /** Something decided without a move. */
    static void note(Cause cause, String summary, long epoch, long version, int members, Turn turn) {
        turn.emit(new LeaderEffect.LogDecision(
                new Decision(turn.wall(), epoch, version, cause, summary, "", members, List.of(), 0)));
    }

    /** A version of the map. */
    static Decision version(
            Cause cause, String what, String by, long epoch, long version, int members, Plan plan, Turn turn) {
        String summary = what + ": "
                + chambers(plan.moves().size()) + (plan.moves().size() == 1 ? " gets" : " get")
                + (plan.statistics().moved() == 0 ? " an owner among " : " another owner among ")
                + count(members, "member") + ", greatest load "
                + Math.round(100 * plan.statistics().maxOverMean()) + " % of the mean";
        return new Decision(
                turn.wall(),
                epoch,
                version,
                cause,
                summary,
                by,
                members,
                plan.moves(),
                plan.statistics().maxOverMean());
    }

    /** The first few by name. */
    static String names(Collection<StableId> ids) {
        String named = ids.stream().limit(NAMED).map(StableId::toString).collect(Collectors.joining(", "));
        return ids.size() > NAMED ? named + " and " + (ids.size() - NAMED) + " more" : named;
    }

    static String chambers(int number) {
        return count(number, "chamber");
    }

    static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
