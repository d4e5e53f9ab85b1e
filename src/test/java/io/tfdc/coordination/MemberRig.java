package io.tfdc.coordination;

import io.tfdc.coordination.AssignmentMap.Cause;
import io.tfdc.coordination.AssignmentMap.Lifecycle;
import io.tfdc.coordination.AssignmentMap.Releasing;
import io.tfdc.model.ChamberId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One member driven by hand: the test is its broker. */
final class MemberRig {
    static final ChamberId C1 = ChamberId.parse("T:C1");
    static final ChamberId C2 = ChamberId.parse("T:C2");
    static final ChamberId C3 = ChamberId.parse("T:C3");
    static final StableId D0 = new StableId(0);
    static final StableId D1 = new StableId(1);
    static final StableId D2 = new StableId(2);

    final MemberCore core;
    final List<MemberEffect> open = new ArrayList<>();
    long nanos = 1_000_000_000L;
    private long revision = 100;
    boolean beats = true;

    MemberRig(ClusterSettings settings) {
        core = new MemberCore(new Identity("pod-a", "defender-a", "boota1", "1.0"), settings, 42);
    }

    MemberRig() {
        this(ClusterSettings.DEFAULT);
    }

    /** A member with id 0, its lease and nothing left of earlier lives. */
    static MemberRig member(AssignmentMap map) {
        MemberRig rig = new MemberRig();
        rig.tell(new MemberEvent.MapSeen(map, 1));
        rig.connect();
        rig.only(MemberEffect.ListClaims.class);
        rig.tell(new MemberEvent.ClaimsListed(map.members().stream()
                .filter(id -> !id.equals(D0))
                .map(id -> entry(id, "pod-" + id, "other", 1))
                .toList()));
        rig.join();
        return rig;
    }

    void connect() {
        tell(new MemberEvent.Replayed());
        tell(new MemberEvent.BrokerReachable(true));
    }

    /** Answers the open claim, and what follows from it until the lease is there. */
    void join() {
        claimed();
        acknowledge();
        only(MemberEffect.DeleteLeftovers.class);
        tell(new MemberEvent.LeftoversDeleted(core.view(nanos).id().orElseThrow()));
    }

    void claimed() {
        List<MemberEffect.CreateClaim> created = take(MemberEffect.CreateClaim.class);
        StableId id = created.isEmpty()
                ? only(MemberEffect.UpdateClaim.class).claim().id()
                : created.get(0).claim().id();
        tell(new MemberEvent.ClaimWritten(id, ++revision, nanos));
    }

    void acknowledge() {
        MemberEffect.PutHeartbeat put = only(MemberEffect.PutHeartbeat.class);
        tell(new MemberEvent.HeartbeatWritten(put.heartbeat().incarnation(), nanos));
    }

    void tell(MemberEvent event) {
        open.addAll(core.handle(event, new Now(nanos, Instant.EPOCH.plusNanos(nanos))));
    }

    /** Time passes in ticks; heartbeats and renewals are acknowledged while {@link #beats}. */
    void pass(long millis) {
        for (long end = nanos + millis * 1_000_000; nanos < end; ) {
            nanos = Math.min(end, nanos + 100_000_000);
            tell(new MemberEvent.Tick());
            if (beats) {
                beat();
            }
        }
    }

    void beat() {
        take(MemberEffect.PutHeartbeat.class)
                .forEach(put ->
                        tell(new MemberEvent.HeartbeatWritten(put.heartbeat().incarnation(), nanos)));
        take(MemberEffect.UpdateClaim.class)
                .forEach(update ->
                        tell(new MemberEvent.ClaimWritten(update.claim().id(), ++revision, nanos)));
    }

    /** Takes all open effects of a kind. */
    <T extends MemberEffect> List<T> take(Class<T> kind) {
        List<T> taken = open.stream().filter(kind::isInstance).map(kind::cast).toList();
        open.removeIf(kind::isInstance);
        return taken;
    }

    /** Takes the only open effect of a kind. */
    <T extends MemberEffect> T only(Class<T> kind) {
        List<T> taken = take(kind);
        if (taken.size() != 1) {
            throw new AssertionError("expected one " + kind.getSimpleName() + ", found " + taken + ", open " + open);
        }
        return taken.get(0);
    }

    boolean has(Class<? extends MemberEffect> kind) {
        return open.stream().anyMatch(kind::isInstance);
    }

    /** Lets a slice that is being opened succeed; yields its name. */
    String opened(ChamberId... chambers) {
        take(MemberEffect.Prefetch.class).forEach(p -> tell(new MemberEvent.Prefetched(p.chambers())));
        if (!has(MemberEffect.CreateSlice.class)) {
            pass(300);
        }
        MemberEffect.CreateSlice create = only(MemberEffect.CreateSlice.class);
        if (!create.chambers().equals(Set.of(chambers))) {
            throw new AssertionError("expected a slice of " + Arrays.toString(chambers) + ", found " + create);
        }
        tell(new MemberEvent.SliceCreated(create.name()));
        return create.name();
    }

    boolean executes(ChamberId chamber) {
        return core.serves(chamber, nanos);
    }

    boolean stores(ChamberId chamber) {
        return core.keeps(chamber, nanos);
    }

    MemberState state() {
        return core.view(nanos).state();
    }

    /** The last release record put out, all of them answered. */
    ReleaseRecord released() {
        List<MemberEffect.PutRelease> puts = take(MemberEffect.PutRelease.class);
        puts.forEach(put -> tell(new MemberEvent.ReleaseWritten(put.record().version())));
        List<MemberEffect.PutRelease> more = take(MemberEffect.PutRelease.class);
        more.forEach(put -> tell(new MemberEvent.ReleaseWritten(put.record().version())));
        List<MemberEffect.PutRelease> all =
                Stream.concat(puts.stream(), more.stream()).toList();
        return all.get(all.size() - 1).record();
    }

    static AssignmentMap map(
            long epoch, long version, Map<ChamberId, StableId> owners, Map<ChamberId, List<Releasing>> releasing) {
        Set<StableId> members =
                Stream.concat(owners.values().stream(), Stream.of(D0)).collect(Collectors.toCollection(TreeSet::new));
        return new AssignmentMap(
                epoch,
                version,
                Lifecycle.STABLE,
                Cause.REBALANCE,
                Instant.EPOCH,
                Instant.EPOCH,
                members,
                new TreeMap<>(owners),
                new TreeMap<>(releasing),
                new TreeMap<>());
    }

    static AssignmentMap map(long version, Map<ChamberId, StableId> owners) {
        return map(1, version, owners, Map.of());
    }

    static ReleaseRecord release(StableId id, long version, ChamberId... holding) {
        return new ReleaseRecord(id, "other", 1, version, Set.of(holding));
    }

    static IdClaim.Entry entry(StableId id, String pod, String incarnation, long revision) {
        return new IdClaim.Entry(new IdClaim(id, pod, pod, incarnation, Instant.EPOCH, Instant.EPOCH), revision);
    }
}
