package io.tfdc.leader;

import io.tfdc.coordination.ClusterSettings;
import io.tfdc.coordination.Heartbeat;
import io.tfdc.coordination.StableId;
import io.tfdc.leader.LeaderEvent.ProbeResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Everybody whom the leader hears or has to expect: members by id, standbys by incarnation. */
final class Roster {
    private final String self;
    private final long crashLimit;
    private final long probeConfirm;
    private final long memory;
    private final TreeMap<StableId, Member> members = new TreeMap<>();
    private final Map<String, Standby> standbys = new HashMap<>();
    private final Map<String, Long> incarnationsHeard = new HashMap<>();
    private final Map<StableId, Long> idsHeard = new HashMap<>();
    private long forgivenAt;

    Roster(String self, ClusterSettings settings) {
        this.self = self;
        crashLimit = settings.crashLimit().toNanos();
        probeConfirm = settings.probeConfirm().toNanos();
        memory = settings.claimTtl().toNanos();
    }

    void begin(long nanos) {
        forgivenAt = nanos;
    }

    /** Takes a heartbeat; tells which other incarnation claims the same id more recently, if one does. */
    Optional<String> heard(Heartbeat beat, long nanos) {
        incarnationsHeard.put(beat.incarnation(), nanos);
        Optional<StableId> id = beat.id();
        if (id.isEmpty()) {
            standbys.merge(
                    beat.incarnation(),
                    new Standby(beat, nanos, nanos),
                    (before, now) -> new Standby(beat, before.since(), nanos));
            return Optional.empty();
        }
        standbys.remove(beat.incarnation());
        Member member = members.computeIfAbsent(id.get(), key -> new Member(key, nanos));
        if (!member.heard(beat, nanos)) {
            return Optional.of(member.incarnation());
        }
        if (beat.incarnation().equals(self)) {
            member.probed(ProbeResult.ANSWERED, nanos);
        }
        idsHeard.put(id.get(), nanos);
        member.update(nanos, crashLimit, probeConfirm);
        return Optional.empty();
    }

    /** A heartbeat was deleted. */
    void gone(String key) {
        if (key.startsWith(Heartbeat.STANDBY_PREFIX)) {
            standbys.remove(key.substring(Heartbeat.STANDBY_PREFIX.length()));
            return;
        }
        Optional<StableId> id = StableId.tryParse(key);
        id.map(members::get).ifPresent(Member::gone);
        id.ifPresent(idsHeard::remove);
    }

    void probed(String incarnation, ProbeResult result, long nanos) {
        for (Member member : members.values()) {
            if (member.incarnation().equals(incarnation)) {
                member.probed(result, nanos);
            }
        }
    }

    /** Makes sure that everybody is known whom the map names. */
    void expect(Collection<StableId> ids, long nanos) {
        ids.forEach(id -> members.computeIfAbsent(id, key -> new Member(key, nanos)));
    }

    /** The leader has been deaf: all silence counts from now. */
    void forgiveSilence(long nanos) {
        forgivenAt = nanos;
        members.values().forEach(member -> member.forgiveSilence(nanos));
        standbys.replaceAll((key, standby) -> new Standby(standby.heartbeat(), standby.since(), nanos));
    }

    /** Judges everybody anew; forgets those who are away and whom nobody expects. */
    void update(Collection<StableId> expected, long nanos) {
        for (Member member : members.values()) {
            member.update(nanos, crashLimit, probeConfirm);
        }
        members.values().removeIf(member -> member.away() && !expected.contains(member.id));
        standbys.values().removeIf(standby -> nanos - standby.heardAt() > crashLimit);
        incarnationsHeard.values().removeIf(heardAt -> nanos - heardAt > memory);
        idsHeard.values().removeIf(heardAt -> nanos - heardAt > memory);
    }

    Collection<Member> members() {
        return members.values();
    }

    @Nullable
    Member member(StableId id) {
        return members.get(id);
    }

    /** Whether the id's holder is away or unknown. */
    boolean away(StableId id) {
        Member member = members.get(id);
        return member == null || member.away();
    }

    boolean dead(StableId id) {
        Member member = members.get(id);
        return member != null && member.presence() == Member.Presence.DEAD;
    }

    /** Standbys, the oldest first. */
    List<Standby> standbys() {
        return standbys.values().stream()
                .sorted(java.util.Comparator.comparingLong(Standby::since).thenComparing(Standby::incarnation))
                .toList();
    }

    boolean isStandby(String incarnation) {
        return standbys.containsKey(incarnation);
    }

    int standbyCount() {
        return standbys.size();
    }

    /** Whether the id was heard of so recently that its claim may not have expired. */
    boolean claimMayRemain(StableId id) {
        return idsHeard.containsKey(id);
    }

    /** Whether nothing was heard of an incarnation for the crash limit. */
    boolean silent(String incarnation, long nanos) {
        long heardAt = Math.max(forgivenAt, incarnationsHeard.getOrDefault(incarnation, Long.MIN_VALUE));
        return nanos - heardAt > crashLimit && !incarnation.equals(self);
    }

    /** Newest heartbeats of members, either of the dead or of those that are there. */
    List<Heartbeat> heartbeats(boolean dead) {
        List<Heartbeat> found = new ArrayList<>();
        for (Member member : members.values()) {
            Heartbeat beat = member.heartbeat();
            if (beat != null && (dead ? member.presence() == Member.Presence.DEAD : !member.away())) {
                found.add(beat);
            }
        }
        return found;
    }

    int suspects() {
        return (int) members.values().stream()
                .filter(member -> member.suspect() && !member.away())
                .count();
    }

    int present() {
        return (int) members.values().stream().filter(member -> !member.away()).count();
    }
}
