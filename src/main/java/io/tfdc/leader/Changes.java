package io.tfdc.leader;

import io.tfdc.coordination.ClusterSettings;
import io.tfdc.coordination.MemberState;
import io.tfdc.coordination.StableId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Planned changes of the membership: newcomers, and members that leave for good. They wait for each other in one window. */
final class Changes {
    private final long grace;
    private final long quiet;
    private final ChangeWindow window;
    private final SortedSet<StableId> joiners = new TreeSet<>();
    private final SortedSet<StableId> leavers = new TreeSet<>();
    private final SortedSet<StableId> expired = new TreeSet<>();
    private boolean sizeReached;
    private int held;

    Changes(ClusterSettings settings) {
        grace = settings.handoverGrace().toNanos();
        quiet = settings.quietTime().toNanos();
        window = new ChangeWindow(settings.quietTime(), settings.scaleWindow());
    }

    void update(Set<StableId> members, Roster roster, OptionalInt intended, long nanos) {
        joiners.clear();
        leavers.clear();
        expired.clear();
        List<Member> departing = new ArrayList<>();
        int dead = 0;
        for (Member member : roster.members()) {
            boolean named = members.contains(member.id);
            if (named && member.departing()) {
                departing.add(member);
            } else if (!named && mayJoin(member)) {
                joiners.add(member.id);
            } else if (named && member.away()) {
                dead++;
            }
        }
        expire(departing, nanos);
        int staying = members.size() - dead - expired.size() + joiners.size();
        if (intended.isPresent() && staying > intended.getAsInt()) {
            departing.sort(Comparator.comparing(Member::presence)
                    .reversed()
                    .thenComparingLong(Member::presenceSince)
                    .thenComparing(member -> member.id));
            departing.stream()
                    .filter(member -> !expired.contains(member.id))
                    .limit(staying - intended.getAsInt())
                    .forEach(member -> leavers.add(member.id));
        }
        held = departing.size() - expired.size() - leavers.size();
        int size = staying - leavers.size();
        sizeReached = intended.isPresent()
                && (size == intended.getAsInt() || leavers.isEmpty() && size > intended.getAsInt());
        if (joiners.isEmpty() && leavers.isEmpty()) {
            window.pending(Set.of(), nanos);
        } else {
            Set<StableId> pending = new HashSet<>(joiners);
            pending.addAll(leavers);
            window.pending(pending, nanos);
        }
    }

    /** A heartbeat that was stored before this leader began proves nothing: its sender may be dead. */
    private static boolean mayJoin(Member member) {
        return member.presence() == Member.Presence.PRESENT
                && member.confirmed()
                && !member.suspect()
                && member.heartbeat() != null
                && member.heartbeat().state() != MemberState.DEGRADED;
    }

    /** Nobody took their ids in time; those whose time ends soon go with the first. */
    private void expire(List<Member> departing, long nanos) {
        boolean any = departing.stream().anyMatch(member -> goneFor(member, nanos) >= grace);
        if (any) {
            departing.stream()
                    .filter(member -> goneFor(member, nanos) >= grace - quiet)
                    .forEach(member -> expired.add(member.id));
        }
    }

    private static long goneFor(Member member, long nanos) {
        return member.presence() == Member.Presence.DEPARTED ? nanos - member.presenceSince() : Long.MIN_VALUE;
    }

    /** Whether the members should change now. */
    boolean due(long nanos) {
        return !expired.isEmpty() || window.open() && (sizeReached || window.due(nanos));
    }

    /** Members of the next map instead of the present ones. */
    Set<StableId> next(Set<StableId> members) {
        Set<StableId> next = new TreeSet<>(members);
        next.addAll(joiners);
        next.removeAll(goners());
        return next;
    }

    SortedSet<StableId> joiners() {
        return joiners;
    }

    /** Members that leave and are not replaced. */
    SortedSet<StableId> goners() {
        SortedSet<StableId> goners = new TreeSet<>(leavers);
        goners.addAll(expired);
        return goners;
    }

    boolean none() {
        return joiners.isEmpty() && leavers.isEmpty() && expired.isEmpty();
    }

    int pending() {
        return joiners.size() + leavers.size() + expired.size();
    }

    /** Members that leave and whose ids wait for a successor. */
    int held() {
        return held;
    }

    boolean open() {
        return window.open();
    }

    long remaining(long nanos) {
        return window.remaining(nanos);
    }
}
