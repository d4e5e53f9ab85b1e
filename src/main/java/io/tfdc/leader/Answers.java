package io.tfdc.leader;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.AssignmentMap.Releasing;
import io.tfdc.coordination.AssignmentMap.Total;
import io.tfdc.coordination.Heartbeat;
import io.tfdc.coordination.StableId;
import io.tfdc.leader.OperatorReply.MemberRow;
import io.tfdc.model.ChamberId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Answers questions that change nothing. */
final class Answers {
    private final Roster roster;
    private final Catalog catalog;
    private final Planning planning;
    private final int maxMembers;

    Answers(Roster roster, Catalog catalog, Planning planning, int maxMembers) {
        this.roster = roster;
        this.catalog = catalog;
        this.planning = planning;
        this.maxMembers = maxMembers;
    }

    OperatorReply status(LeaderView view, @Nullable AssignmentMap map, Planning.Limits limits, long nanos) {
        List<MemberRow> rows = new ArrayList<>();
        for (Member member : roster.members()) {
            Heartbeat beat = member.heartbeat();
            if (beat != null) {
                Total total = map == null ? null : map.totals().get(member.id);
                rows.add(new MemberRow(
                        beat,
                        millis(nanos - member.silentSince()),
                        total == null ? 0 : total.chambers(),
                        total == null ? 0 : total.weight(),
                        verdict(member, limits)));
            }
        }
        for (Standby standby : roster.standbys()) {
            rows.add(new MemberRow(standby.heartbeat(), millis(nanos - standby.heardAt()), 0, 0, "standby"));
        }
        return new OperatorReply.Status(view, Optional.ofNullable(map), List.copyOf(rows), limits.operator());
    }

    private static String verdict(Member member, Planning.Limits limits) {
        return switch (member.presence()) {
            case DEAD -> "dead";
            case DEPARTED -> "departed";
            case LEAVING -> "draining";
            case PRESENT -> {
                if (member.suspect()) {
                    yield "suspect";
                }
                if (limits.gray().contains(member.id)) {
                    yield "gray";
                }
                if (limits.operator().drained().contains(member.id)) {
                    yield "drained";
                }
                yield limits.operator().cordoned().contains(member.id) ? "cordoned" : "ok";
            }
        };
    }

    private static long millis(long nanos) {
        return Math.max(0, nanos) / 1_000_000;
    }

    /** What would happen with another number of members: the lowest free ids come, the highest go. */
    OperatorReply planFor(int size, @Nullable AssignmentMap map, Planning.Limits limits, int budget, long nanos) {
        if (map == null) {
            return new OperatorReply.Refused("there is no map yet");
        }
        if (size < 1 || size > maxMembers) {
            return new OperatorReply.Refused("size: expected 1 to " + maxMembers + ", found " + size);
        }
        TreeSet<StableId> members = new TreeSet<>(map.members());
        for (int number = 0; members.size() < size; number++) {
            members.add(new StableId(number));
        }
        while (members.size() > size) {
            members.pollLast();
        }
        Plan plan = planning.all(map.owners(), members, limits, budget, nanos);
        return new OperatorReply.DryRun(size, plan.moves(), plan.statistics());
    }

    OperatorReply explain(ChamberId chamber, @Nullable AssignmentMap map, OperatorState state) {
        Optional<StableId> owner = map == null
                ? Optional.empty()
                : Optional.ofNullable(map.owners().get(chamber));
        if (owner.isEmpty() && !catalog.knows(chamber)) {
            return new OperatorReply.Refused("chamber " + chamber + " is not known");
        }
        List<StableId> releasing = map == null
                ? List.of()
                : map.releasing().getOrDefault(chamber, List.of()).stream()
                        .map(Releasing::id)
                        .toList();
        return new OperatorReply.Explanation(
                chamber,
                owner,
                releasing,
                catalog.weight(chamber),
                Optional.ofNullable(state.pins().get(chamber)));
    }
}
