package io.tfdc.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.AssignmentMap.Releasing;
import io.tfdc.coordination.MemberState;
import io.tfdc.coordination.ReleaseRecord;
import io.tfdc.coordination.StableId;
import io.tfdc.leader.Rig.Process;
import io.tfdc.model.ChamberId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random joins, crashes, leaves, changes of leader and lost answers. The pretended members keep to the protocol: they open a chamber when the
 * map gives it to them and everybody in {@code releasing} has released it. Consumers of the dead stay until somebody deletes them.
 */
class ChurnPropertyTest {
    private static final Duration STEP = Duration.ofNanos(Rig.STEP);
    private static final double BUDGET = 0.1;

    private static LeaderSettings withBudget(double windowBudget) {
        LeaderSettings d = LeaderSettings.DEFAULT;
        return new LeaderSettings(
                d.planner(),
                d.options(),
                windowBudget,
                d.weightBudget(),
                d.weightPeriod(),
                d.weightTrigger(),
                d.ringTolerance(),
                d.chambersInterval(),
                d.homeMemory(),
                d.shadow());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void noChamberIsEverHeldTwiceAndEverythingComesToRest(long seed) {
        Random random = new Random(seed);
        Rig rig = new Rig();
        rig.chambers = Fab.documentMix(120, seed);
        rig.startMembers(0, 8);
        rig.processes.values().forEach(process -> process.releases = false);
        if (seed % 2 == 0) {
            rig.planning = withBudget(BUDGET);
        }
        rig.lead(0);
        if (seed % 3 == 0) {
            rig.feed(new LeaderEvent.SizeSeen(OptionalInt.of(8)));
        }
        World world = new World(rig, random, "seed " + seed);
        for (int step = 0; step < 3_000; step++) {
            world.disturb();
            world.step();
        }
        world.calm();
        for (int step = 0; step < 1_200; step++) {
            world.step();
        }
        world.assertAtRest();
    }

    /** Members that keep to the protocol, and a fate that doesn't. */
    private static final class World {
        private final Rig rig;
        private final Random random;
        private final String seed;
        private int started = 100;
        private int checked;
        private long disturbedUntil;

        World(Rig rig, Random random, String seed) {
            this.rig = rig;
            this.random = random;
            this.seed = seed;
        }

        boolean chance(double probability) {
            return random.nextDouble() < probability;
        }

        void disturb() {
            List<Process> alive =
                    rig.processes.values().stream().filter(p -> p.alive).toList();
            List<Process> workers = alive.stream()
                    .filter(p -> p.id.isPresent() && !p.incarnation.equals(rig.leading))
                    .toList();
            if (chance(0.006) && workers.size() > 3) {
                workers.get(random.nextInt(workers.size())).alive = false;
            }
            if (chance(0.004) && workers.size() > 3) {
                workers.get(random.nextInt(workers.size())).state = MemberState.SHUTDOWN;
            }
            if (chance(0.008) && alive.size() < 16) {
                begin(rig.start("p" + started++ + "x0", Optional.empty()));
            }
            if (chance(0.004)) {
                comeBack();
            }
            if (chance(0.003) && !workers.isEmpty()) {
                lead(workers.get(random.nextInt(workers.size())));
            }
            if (chance(0.003)) {
                disturbedUntil = rig.nanos + Duration.ofSeconds(3).toNanos();
            }
            boolean disturbed = rig.nanos < disturbedUntil;
            rig.mute = effect -> disturbed && random.nextInt(4) == 0;
            rig.fail = effect -> disturbed && random.nextInt(4) == 0;
            rig.lose = effect -> disturbed && random.nextInt(4) == 0;
        }

        private static void begin(Process process) {
            process.releases = false;
        }

        /** A dead process' container starts again under its id, if that is still free. */
        private void comeBack() {
            rig.processes.values().stream()
                    .filter(p -> !p.alive && p.id.isPresent() && !taken(p.id.get()))
                    .findFirst()
                    .ifPresent(dead -> {
                        rig.processes.values().stream()
                                .filter(p -> p.id.equals(dead.id))
                                .forEach(p -> p.holds.clear());
                        begin(rig.start("p" + started++ + "x0", dead.id));
                    });
        }

        private boolean taken(StableId id) {
            return rig.processes.values().stream().anyMatch(p -> p.alive && p.id.equals(Optional.of(id)));
        }

        private void lead(Process process) {
            Process before = rig.processes.get(rig.leading);
            if (before != null && chance(0.5)) {
                before.alive = false;
            }
            rig.lead(process);
        }

        void calm() {
            rig.mute = effect -> false;
            rig.fail = effect -> false;
            rig.lose = effect -> false;
            if (!rig.processes.get(rig.leading).alive) {
                rig.lead(rig.processes.values().stream()
                        .filter(p -> p.alive && p.id.isPresent() && p.state != MemberState.SHUTDOWN)
                        .findFirst()
                        .orElseThrow());
            }
        }

        void step() {
            rig.advance(STEP);
            for (Process process : List.copyOf(rig.processes.values())) {
                if (process.alive && process.id.isPresent() && rig.map.isPresent() && chance(0.2)) {
                    act(process, process.id.get(), rig.map());
                }
                if (process.alive && process.id.isEmpty() && chance(0.1)) {
                    claimWhatLeft(process);
                }
            }
            for (; checked < rig.history.size(); checked++) {
                check(rig.history.get(checked), checked == 0 ? null : rig.history.get(checked - 1));
            }
        }

        private void act(Process process, StableId id, AssignmentMap map) {
            if (process.state == MemberState.SHUTDOWN && chance(0.1)) {
                process.holds.clear();
                release(process, id, map, Set.of());
                process.alive = false;
                rig.feed(new LeaderEvent.HeartbeatGone(id.toString()));
                return;
            }
            Set<ChamberId> own = map.ownedBy(id);
            Set<ChamberId> foreign = new HashSet<>(process.holds);
            foreign.removeAll(own);
            foreign.removeIf(chamber -> chance(0.5));
            process.holds.removeIf(chamber -> !own.contains(chamber) && !foreign.contains(chamber));
            release(process, id, map, foreign);
            if (process.state == MemberState.SHUTDOWN) {
                return;
            }
            for (ChamberId chamber : own) {
                if (!process.holds.contains(chamber) && released(chamber, map)) {
                    assertNobodyElseHolds(chamber, id, map);
                    process.holds.add(chamber);
                }
            }
        }

        private void release(Process process, StableId id, AssignmentMap map, Set<ChamberId> holding) {
            ReleaseRecord record = new ReleaseRecord(id, process.incarnation, map.epoch(), map.version(), holding);
            rig.releases.put(id, record);
            rig.feed(new LeaderEvent.ReleaseSeen(record));
        }

        private boolean released(ChamberId chamber, AssignmentMap map) {
            for (Releasing holder : map.releasing().getOrDefault(chamber, List.of())) {
                ReleaseRecord record = rig.releases.get(holder.id());
                if (record == null || !record.covers(chamber, holder.sinceVersion())) {
                    return false;
                }
            }
            return true;
        }

        private void assertNobodyElseHolds(ChamberId chamber, StableId id, AssignmentMap map) {
            for (Process other : rig.processes.values()) {
                boolean overlap = other.holds.contains(chamber) && !other.id.equals(Optional.of(id));
                assertFalse(
                        overlap,
                        () -> seed + ": " + id + " opens " + chamber + ", which " + other.id
                                + " still has; version " + map.version() + " releasing "
                                + map.releasing().get(chamber));
            }
        }

        private void claimWhatLeft(Process standby) {
            if (rig.map.isEmpty()) {
                return;
            }
            for (StableId id : rig.map().members()) {
                List<Process> holders = rig.processes.values().stream()
                        .filter(p -> p.id.equals(Optional.of(id)))
                        .toList();
                boolean left = !holders.isEmpty()
                        && holders.stream().noneMatch(p -> p.alive)
                        && holders.get(holders.size() - 1).state == MemberState.SHUTDOWN;
                if (left) {
                    holders.forEach(p -> p.holds.clear());
                    standby.id = Optional.of(id);
                    standby.claimRevision = ++rig.revision;
                    standby.nextBeatAt = rig.nanos;
                    return;
                }
            }
        }

        private void check(AssignmentMap map, @org.jspecify.annotations.Nullable AssignmentMap before) {
            Set<ChamberId> all = rig.chambers.stream().map(ChamberLoad::chamber).collect(Collectors.toSet());
            assertEquals(all, map.owners().keySet(), seed);
            assertTrue(map.members().containsAll(map.owners().values()), seed);
            if (before == null) {
                assertEquals(1, map.version(), seed);
                return;
            }
            assertTrue(map.epoch() >= before.epoch(), seed);
            assertTrue(map.version() == before.version() || map.version() == before.version() + 1, seed);
            if (map.version() == before.version()) {
                assertEquals(before.owners(), map.owners(), seed);
            }
            long forBalance = before.owners().entrySet().stream()
                    .filter(e -> map.members().contains(e.getValue()))
                    .filter(e -> !e.getValue().equals(map.owners().get(e.getKey())))
                    .count();
            double allowed = rig.planning.windowBudget() * rig.chambers.size();
            assertTrue(
                    forBalance <= allowed,
                    () -> seed + ": version " + map.version() + " moves " + forBalance + " for balance");
        }

        void assertAtRest() {
            AssignmentMap map = rig.map();
            Set<StableId> members = new TreeSet<>();
            for (Process process : rig.processes.values()) {
                if (process.alive && process.id.isPresent()) {
                    members.add(process.id.get());
                }
            }
            assertEquals(members, map.members(), seed);
            assertEquals(MemberState.STABLE, rig.view().phase(), seed);
            assertEquals(0, rig.view().releasing(), seed);
            assertEquals(0, rig.view().pendingChanges(), seed);
            map.owners()
                    .forEach((chamber, owner) -> assertTrue(
                            rig.processes.values().stream()
                                    .anyMatch(p ->
                                            p.alive && p.id.equals(Optional.of(owner)) && p.holds.contains(chamber)),
                            () -> seed + ": " + chamber + " of " + owner + " is not consumed"));
            long version = map.version();
            rig.advance(Duration.ofSeconds(30));
            assertEquals(version, rig.map().version(), seed);
        }
    }
}
