package io.tfdc.scenarios;

import io.tfdc.model.ChamberId;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Chambers {@code ETCH000:A, ETCH000:B, ETCH001:A ...} and what they weigh. */
final class FabWeights {
    private static final long SEED = 20_251_024;

    private FabWeights() {}

    /** All the same. */
    static Map<ChamberId, Long> equal(int chambers) {
        Map<ChamberId, Long> weights = new TreeMap<>();
        for (int i = 0; i < chambers; i++) {
            weights.put(chamber(i), 120_000L);
        }
        return weights;
    }

    /** The mix of the design documents: 55 % light, 40 % medium, 4.5 % heavy chambers and 0.5 % of 3.6 million points. */
    static Map<ChamberId, Long> mixed(int chambers) {
        Random random = new Random(SEED);
        Map<ChamberId, Long> weights = new TreeMap<>();
        for (int i = 0; i < chambers; i++) {
            double kind = random.nextDouble();
            long weight = kind < 0.55
                    ? between(random, 30_000, 60_000)
                    : kind < 0.95
                            ? between(random, 60_000, 180_000)
                            : kind < 0.995 ? between(random, 300_000, 1_200_000) : 3_600_000;
            weights.put(chamber(i), weight);
        }
        return weights;
    }

    private static long between(Random random, long low, long high) {
        return low + (long) (random.nextDouble() * (high - low));
    }

    private static ChamberId chamber(int index) {
        return new ChamberId(String.format("ETCH%03d", index / 2), index % 2 == 0 ? "A" : "B");
    }
}
