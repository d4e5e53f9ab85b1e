package io.tfdc.coordination;

import io.tfdc.coordination.AssignmentMap.Cause;
import io.tfdc.coordination.AssignmentMap.Lifecycle;
import io.tfdc.coordination.AssignmentMap.Releasing;
import io.tfdc.model.ChamberId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A leader that keeps to the protocol and moves chambers at random. It sees the toy broker as it is. */
final class ToyLeader {
    private final ToyCluster cluster;
    private final List<ChamberId> chambers;

    long epoch;
    long version;
    int target;
    boolean restless = true;
    SortedMap<ChamberId, StableId> owners = new TreeMap<>();
    SortedMap<ChamberId, List<Releasing>> releasing = new TreeMap<>();
    TreeSet<StableId> members = new TreeSet<>();
    private final Map<String, Long> since = new TreeMap<>();
    private int releasesRead;
    private long actAt;

    ToyLeader(ToyCluster cluster, List<ChamberId> chambers, int target) {
        this.cluster = cluster;
        this.chambers = chambers;
        this.target = target;
        actAt = cluster.nanos + 3_000 * ToyCluster.MS;
        succeed();
        step();
    }

    /** Somebody else leads from now on, with the map as it is. */
    void succeed() {
        epoch++;
        cluster.publish(new MemberEvent.LeaderSeen(new LeaderRecord(epoch, new StableId(0), "x", Instant.EPOCH)));
        if (version > 0) {
            write();
        }
    }

    private void step() {
        cluster.at(cluster.nanos + 100 * ToyCluster.MS, () -> {
            act();
            step();
        });
    }

    private void act() {
        Set<StableId> live = new TreeSet<>();
        cluster.heartbeats.values().forEach(beat -> {
            long silent = cluster.nanos - cluster.heartbeatTimes.get(beat.key());
            if (beat.id().isPresent() && silent < 6_000 * ToyCluster.MS && beat.state() != MemberState.SHUTDOWN) {
                live.add(beat.id().get());
            }
        });
        grant(live);
        readReleases();
        if (cluster.nanos < actAt || live.isEmpty()) {
            return;
        }
        boolean changed = version == 0;
        version++;
        for (StableId id : List.copyOf(members)) {
            if (!live.contains(id)) {
                changed = true;
                boolean leaves = cluster.heartbeats.containsKey(id.toString())
                        && cluster.nanos - cluster.heartbeatTimes.get(id.toString()) < 6_000 * ToyCluster.MS;
                remove(id, live, leaves);
            }
        }
        changed |= members.addAll(live);
        for (ChamberId chamber : chambers) {
            if (!owners.containsKey(chamber)) {
                owners.put(chamber, pick(live));
                changed = true;
            }
        }
        if (restless && cluster.random.nextInt(20) == 0) {
            changed = true;
            int moves = 1 + cluster.random.nextInt(4);
            for (int i = 0; i < moves; i++) {
                move(chambers.get(cluster.random.nextInt(chambers.size())), pick(live), true);
            }
        }
        if (changed) {
            write();
        } else {
            version--;
            deadlines();
        }
    }

    private void remove(StableId id, Set<StableId> live, boolean leaves) {
        members.remove(id);
        if (!leaves) {
            cluster.consumers.keySet().stream()
                    .filter(name -> StableId.ownerOf(name).orElseThrow().id().equals(id))
                    .toList()
                    .forEach(cluster::fence);
            releasing.replaceAll(
                    (c, list) -> list.stream().filter(r -> !r.id().equals(id)).toList());
            releasing.values().removeIf(List::isEmpty);
        }
        for (ChamberId chamber : chambers) {
            if (id.equals(owners.get(chamber))) {
                move(chamber, pick(live), leaves);
            }
        }
    }

    private void move(ChamberId chamber, StableId to, boolean planned) {
        StableId from = owners.put(chamber, to);
        List<Releasing> list = new ArrayList<>(releasing.getOrDefault(chamber, List.of()));
        list.removeIf(r -> r.id().equals(to) || r.id().equals(from));
        if (planned && from != null && !from.equals(to)) {
            list.add(new Releasing(from, version));
            since.put(from + " " + chamber, cluster.nanos);
        }
        if (list.isEmpty()) {
            releasing.remove(chamber);
        } else {
            releasing.put(chamber, list);
        }
    }

    private void readReleases() {
        boolean changed = false;
        for (; releasesRead < cluster.releases.size(); releasesRead++) {
            ReleaseRecord record = cluster.releases.get(releasesRead);
            changed |= end((chamber, holder) ->
                    holder.id().equals(record.id()) && record.covers(chamber, holder.sinceVersion()));
        }
        if (changed) {
            write();
        }
    }

    private void deadlines() {
        boolean changed = end((chamber, holder) -> {
            long waited = cluster.nanos - since.getOrDefault(holder.id() + " " + chamber, cluster.nanos);
            if (waited < 25_000 * ToyCluster.MS) {
                return false;
            }
            cluster.consumers.entrySet().stream()
                    .filter(e -> StableId.ownerOf(e.getKey()).orElseThrow().id().equals(holder.id()))
                    .filter(e -> e.getValue().contains(chamber))
                    .map(Map.Entry::getKey)
                    .toList()
                    .forEach(cluster::fence);
            return true;
        });
        if (changed) {
            write();
        }
    }

    private interface Ends {
        boolean test(ChamberId chamber, Releasing holder);
    }

    private boolean end(Ends ends) {
        boolean changed = false;
        for (ChamberId chamber : List.copyOf(releasing.keySet())) {
            List<Releasing> kept = releasing.get(chamber).stream()
                    .filter(holder -> !ends.test(chamber, holder))
                    .toList();
            changed |= kept.size() < releasing.get(chamber).size();
            if (kept.isEmpty()) {
                releasing.remove(chamber);
            } else {
                releasing.put(chamber, kept);
            }
        }
        return changed;
    }

    private void grant(Set<StableId> live) {
        if (version == 0 || live.size() >= target || cluster.random.nextInt(10) > 0) {
            return;
        }
        @Nullable
        Heartbeat standby = cluster.heartbeats.values().stream()
                .filter(beat -> beat.id().isEmpty())
                .findFirst()
                .orElse(null);
        for (int n = 0; standby != null && n < 200; n++) {
            StableId id = new StableId(n);
            if (!cluster.claims.containsKey(id)) {
                MemberEvent grant = new MemberEvent.GrantReceived(standby.incarnation(), id);
                cluster.nodes.forEach(node -> node.deliver(grant));
                return;
            }
        }
    }

    private StableId pick(Set<StableId> live) {
        List<StableId> all = List.copyOf(live);
        return all.get(cluster.random.nextInt(all.size()));
    }

    AssignmentMap map() {
        return new AssignmentMap(
                epoch,
                version,
                Lifecycle.STABLE,
                Cause.REBALANCE,
                Instant.EPOCH,
                cluster.now().wall(),
                members,
                owners,
                releasing,
                new TreeMap<>());
    }

    private void write() {
        cluster.publish(new MemberEvent.MapSeen(map(), ++cluster.revision));
    }
}
