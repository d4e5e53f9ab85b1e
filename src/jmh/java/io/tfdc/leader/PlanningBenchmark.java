package io.tfdc.leader;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.AssignmentMap.Cause;
import io.tfdc.coordination.AssignmentMap.Lifecycle;
import io.tfdc.coordination.AssignmentMap.Total;
import io.tfdc.coordination.CoordinationJson;
import io.tfdc.coordination.StableId;
import io.tfdc.model.ChamberId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A member is lost: the plan without it, balance included, and with the map's JSON. Chambers with the documents' mix of weights. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class PlanningBenchmark {
    @Param({"6000x150", "100000x2000"})
    public String size = "";

    private PlanRequest request;

    @Setup
    public void start() {
        int chambers = Integer.parseInt(size.substring(0, size.indexOf('x')));
        int members = Integer.parseInt(size.substring(size.indexOf('x') + 1));
        List<String> all = new ArrayList<>(IntStream.range(0, members)
                .mapToObj(number -> new StableId(number).toString())
                .toList());
        List<ChamberLoad> loads = loads(chambers);
        Map<ChamberId, String> owners = new StickyPlanner()
                .plan(PlanRequest.of(loads, all, Map.of(), PlannerOptions.DEFAULT))
                .owners();
        all.remove(members / 2);
        request = PlanRequest.of(loads, all, owners, PlannerOptions.DEFAULT);
    }

    private static List<ChamberLoad> loads(int chambers) {
        SplittableRandom random = new SplittableRandom(1);
        List<ChamberLoad> loads = new ArrayList<>();
        for (int i = 0; i < chambers; i++) {
            double kind = random.nextDouble();
            long weight = kind < 0.005
                    ? 3_600_000
                    : kind < 0.05
                            ? random.nextLong(300_000, 1_200_000)
                            : kind < 0.45 ? random.nextLong(60_000, 180_000) : random.nextLong(30_000, 60_000);
            loads.add(new ChamberLoad(new ChamberId("tool%05d".formatted(i / 4), "c" + i % 4), weight));
        }
        return loads;
    }

    @Benchmark
    public Plan plan() {
        return new StickyPlanner().plan(request);
    }

    @Benchmark
    public byte[] planAndJson() {
        Plan plan = new StickyPlanner().plan(request);
        TreeMap<ChamberId, StableId> owners = new TreeMap<>();
        plan.owners().forEach((chamber, owner) -> owners.put(chamber, StableId.parse(owner)));
        TreeSet<StableId> members = new TreeSet<>(owners.values());
        TreeMap<StableId, Total> totals = new TreeMap<>();
        members.forEach(member -> totals.put(member, new Total(40, 1_000_000)));
        return CoordinationJson.encode(new AssignmentMap(
                1,
                2,
                Lifecycle.STABLE,
                Cause.CRASH,
                Instant.EPOCH,
                Instant.EPOCH,
                members,
                owners,
                new TreeMap<>(),
                totals));
    }
}
