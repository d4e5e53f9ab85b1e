package io.tfdc.clustersim;

import io.tfdc.coordination.ClusterSettings;
import io.tfdc.coordination.Heartbeat;
import io.tfdc.coordination.IdClaim;
import io.tfdc.leader.ChamberLoad;
import io.tfdc.leader.LeaderSettings;
import io.tfdc.model.ChamberId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Everything outside the processes: time, chance, the services and the network's directory of subjects. */
final class World {
    private final Scenario scenario;
    private final VirtualTime time = new VirtualTime();
    private final Chance chance;
    private final Timeline timeline;
    private final List<ChamberId> chambers;
    private final Map<ChamberId, Integer> numbers = new HashMap<>();
    private final SimulatedStream stream;
    private final SimulatedBucket<IdClaim> claims;
    private final SimulatedBucket<Heartbeat> heartbeats;
    private final SimulatedBucket<Object> assignments;
    private final SimulatedElection election;
    private final SimulatedStore store;
    private final Map<String, SimulatedProcess> subjects = new HashMap<>();
    private final Map<String, SimulatedProcess> processes = new LinkedHashMap<>();
    private final List<SimulatedProcess> living = new ArrayList<>();
    private final Checks checks;
    private final FailPoints failPoints;
    private final Orchestrator orchestrator;
    private final FaultInjector injector;
    private final List<ChamberLoad> loads;
    private boolean brokerOut;
    private int boots;

    World(Scenario scenario, boolean recording) {
        this.scenario = scenario;
        this.chance = new Chance(scenario.seed());
        this.timeline = new Timeline(time, recording);
        this.chambers = chambers(scenario.chambers());
        for (int i = 0; i < chambers.size(); i++) {
            numbers.put(chambers.get(i), i);
        }
        this.stream = new SimulatedStream(time, scenario.flavour(), chambers.size());
        long ttl = scenario.cluster().claimTtl().toNanos();
        this.claims = new SimulatedBucket<>(time, ttl);
        this.heartbeats = new SimulatedBucket<>(time, ttl);
        this.assignments = new SimulatedBucket<>(time, 0);
        this.election = new SimulatedElection(time);
        this.store = new SimulatedStore();
        this.checks = new Checks(this);
        this.failPoints = new FailPoints(this);
        this.orchestrator = new Orchestrator(this);
        this.injector = new FaultInjector(this, scenario.duration().toNanos());
        Chance weights = chance.split();
        this.loads = chambers.stream()
                .map(chamber -> new ChamberLoad(chamber, weight(weights)))
                .toList();
    }

    /** Light, medium and heavy chambers in the shares of requirements 6.3, with fewer of the heaviest. */
    private static long weight(Chance chance) {
        return chance.happens(0.55)
                ? chance.between(30_000L, 60_000L)
                : chance.happens(0.9) ? chance.between(60_000L, 180_000L) : chance.between(300_000L, 600_000L);
    }

    private static List<ChamberId> chambers(int count) {
        List<ChamberId> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(new ChamberId("t" + i / 4, "c" + i % 4));
        }
        return List.copyOf(all);
    }

    Scenario scenario() {
        return scenario;
    }

    ClusterSettings cluster() {
        return scenario.cluster();
    }

    LeaderSettings leading() {
        return scenario.leading();
    }

    VirtualTime time() {
        return time;
    }

    Chance chance() {
        return chance;
    }

    Timeline timeline() {
        return timeline;
    }

    Checks checks() {
        return checks;
    }

    List<ChamberId> chambers() {
        return chambers;
    }

    ChamberId chamber(int number) {
        return chambers.get(number);
    }

    int number(ChamberId chamber) {
        Integer number = numbers.get(chamber);
        if (number == null) {
            throw new IllegalArgumentException("no chamber " + chamber);
        }
        return number;
    }

    BitSet filter(Set<ChamberId> wanted) {
        BitSet filter = new BitSet(chambers.size());
        wanted.forEach(chamber -> filter.set(number(chamber)));
        return filter;
    }

    Set<ChamberId> chambers(BitSet filter) {
        Set<ChamberId> named = new TreeSet<>();
        filter.stream().forEach(number -> named.add(chamber(number)));
        return named;
    }

    SimulatedStream stream() {
        return stream;
    }

    SimulatedBucket<IdClaim> claims() {
        return claims;
    }

    SimulatedBucket<Heartbeat> heartbeats() {
        return heartbeats;
    }

    SimulatedBucket<Object> assignments() {
        return assignments;
    }

    SimulatedElection election() {
        return election;
    }

    SimulatedStore store() {
        return store;
    }

    FailPoints failPoints() {
        return failPoints;
    }

    FaultInjector injector() {
        return injector;
    }

    Orchestrator orchestrator() {
        return orchestrator;
    }

    List<ChamberLoad> loads() {
        return loads;
    }

    /** The intended number of members as far as the platform tells. */
    OptionalInt intendedSize() {
        return scenario.sizeKnown() ? OptionalInt.of(orchestrator.desired()) : OptionalInt.empty();
    }

    /** Whoever listens on the private subject of an incarnation. */
    @Nullable
    SimulatedProcess listener(String incarnation) {
        return subjects.get(incarnation);
    }

    void listen(String incarnation, SimulatedProcess process) {
        subjects.put(incarnation, process);
    }

    void unlisten(SimulatedProcess process) {
        subjects.values().removeIf(listener -> listener == process);
    }

    void unlisten(String incarnation) {
        subjects.remove(incarnation);
    }

    /** A token for a start. */
    String nextBoot() {
        String number = Integer.toString(boots++, Character.MAX_RADIX);
        return "b" + "0".repeat(Math.max(0, 5 - number.length())) + number;
    }

    void born(SimulatedProcess process) {
        processes.put(process.name(), process);
        living.add(process);
        if (brokerOut) {
            process.broker().cut(false);
        }
    }

    void gone(SimulatedProcess process) {
        living.remove(process);
    }

    /** Processes that live, frozen ones included, in order of birth. */
    List<SimulatedProcess> living() {
        return living;
    }

    boolean isBrokerOut() {
        return brokerOut;
    }

    void brokerOut(boolean out) {
        brokerOut = out;
    }
}
