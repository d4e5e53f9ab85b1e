package io.tfdc.clustersim;

import java.util.List;
import java.util.SplittableRandom;

/** Seeded chance. */
final class Chance {
    private final SplittableRandom random;

    Chance(long seed) {
        this(new SplittableRandom(seed));
    }

    private Chance(SplittableRandom random) {
        this.random = random;
    }

    /** A source of its own, so that what draws from it does not shift what others draw. */
    Chance split() {
        return new Chance(random.split());
    }

    long seed() {
        return random.nextLong();
    }

    boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    /** Evenly from {@code low} to {@code high}, both included. */
    long between(long low, long high) {
        return low >= high ? low : random.nextLong(low, high + 1);
    }

    int between(int low, int high) {
        return (int) between((long) low, (long) high);
    }

    double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    /** Milliseconds from {@code low} to {@code high} in nanoseconds. */
    long millis(long low, long high) {
        return between(low * VirtualTime.MILLI, high * VirtualTime.MILLI);
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
