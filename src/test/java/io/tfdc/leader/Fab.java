package io.tfdc.leader;

import io.tfdc.model.ChamberId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Chambers with weights as the requirements describe them, and clusters of any size. */
final class Fab {
    private Fab() {}

    /** 55 % light (30-60 k), 40 % medium (60-180 k), 4.5 % heavy (0.3-1.2 M), 0.5 % of 3.6 M points per context. */
    static List<ChamberLoad> documentMix(int chambers, long seed) {
        Random random = new Random(seed);
        List<Long> weights = new ArrayList<>();
        for (int i = 0; i < chambers; i++) {
            double kind = (i + 0.5) / chambers;
            weights.add(
                    kind < 0.005
                            ? 3_600_000
                            : kind < 0.05
                                    ? between(random, 300_000, 1_200_000)
                                    : kind < 0.45 ? between(random, 60_000, 180_000) : between(random, 30_000, 60_000));
        }
        Collections.shuffle(weights, random);
        return IntStream.range(0, chambers)
                .mapToObj(i -> new ChamberLoad(chamber(i), weights.get(i)))
                .toList();
    }

    /** Weights from 30 k to 3.6 M, evenly spread on a logarithmic scale. */
    static List<ChamberLoad> logUniform(int chambers, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, chambers)
                .mapToObj(i -> new ChamberLoad(chamber(i), (long) (30_000 * Math.pow(120, random.nextDouble()))))
                .toList();
    }

    static List<ChamberLoad> equal(int chambers) {
        return IntStream.range(0, chambers)
                .mapToObj(i -> new ChamberLoad(chamber(i), 100_000))
                .toList();
    }

    static List<String> members(int count) {
        return IntStream.range(0, count).mapToObj(i -> "defender-" + i).toList();
    }

    static Map<ChamberId, String> cold(List<ChamberLoad> chambers, int members) {
        return plan(chambers, members, Map.of()).owners();
    }

    static Plan plan(List<ChamberLoad> chambers, int members, Map<ChamberId, String> owners) {
        return new StickyPlanner().plan(PlanRequest.of(chambers, members(members), owners, PlannerOptions.DEFAULT));
    }

    private static ChamberId chamber(int number) {
        return new ChamberId("tool%04d".formatted(number / 2), "c" + (1 + number % 2));
    }

    private static long between(Random random, long low, long high) {
        return low + (long) (random.nextDouble() * (high - low));
    }
}
