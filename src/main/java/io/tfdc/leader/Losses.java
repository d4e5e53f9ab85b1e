package io.tfdc.leader;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.ClusterSettings;
import io.tfdc.coordination.StableId;
import io.tfdc.leader.MassLossGuard.Verdict;
import java.util.Collection;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds members that vanished and sees to it that nobody's chambers are given away before his consumers are deleted. */
final class Losses {
    private final MassLossGuard guard;
    private final Holders holders;
    private final SortedSet<StableId> dead = new TreeSet<>();
    private final SortedSet<StableId> ready = new TreeSet<>();
    private Verdict verdict = Verdict.NONE;

    Losses(ClusterSettings settings, Holders holders) {
        guard = new MassLossGuard(settings);
        this.holders = holders;
    }

    /**
     * Judges who is lost; true at the moment when a mass loss is first doubted.
     *
     * @param heardSelfAt when the leader heard its own heartbeat last
     */
    boolean update(AssignmentMap map, Roster roster, long heardSelfAt, long nanos) {
        dead.clear();
        ready.clear();
        int suspects = 0;
        for (Member member : roster.members()) {
            if (!map.members().contains(member.id)) {
                continue;
            }
            if (member.presence() == Member.Presence.DEAD) {
                (holders.isFenced(member.id) ? ready : dead).add(member.id);
            } else if (member.suspect()) {
                suspects++;
            }
        }
        Verdict before = verdict;
        verdict = guard.judge(dead.size(), suspects, map.members().size(), nanos, heardSelfAt);
        return verdict == Verdict.DOUBT && before != Verdict.DOUBT;
    }

    /** Has the consumers of everybody deleted who is to lose his chambers or his place as a holder, and is not there to do it himself. */
    void fence(AssignmentMap map, Collection<StableId> goners, Roster roster, Errands errands, Turn turn) {
        Set<StableId> due = new TreeSet<>();
        if (verdict == Verdict.ACT) {
            due.addAll(dead);
        }
        addAway(goners, roster, due);
        for (StableId holder : holders.open(map)) {
            if (!map.members().contains(holder)) {
                addAway(Set.of(holder), roster, due);
            }
        }
        if (!due.isEmpty()) {
            errands.send(new LeaderEffect.FenceMembers(Set.copyOf(due)), turn);
        }
    }

    private void addAway(Collection<StableId> ids, Roster roster, Set<StableId> due) {
        for (StableId id : ids) {
            if (roster.away(id) && !holders.isFenced(id)) {
                due.add(id);
            }
        }
    }

    /** Whether everybody who goes is either there to release his chambers or fenced. */
    boolean safeToReplace(Collection<StableId> goners, Roster roster) {
        return goners.stream().allMatch(id -> !roster.away(id) || holders.isFenced(id));
    }

    /** The dead whose consumers are deleted. */
    SortedSet<StableId> ready() {
        return ready;
    }

    /** The dead whose consumers are not deleted yet. */
    SortedSet<StableId> dead() {
        return dead;
    }

    boolean any() {
        return verdict != Verdict.NONE || !ready.isEmpty();
    }
}
