package io.tfdc.simulator;

/**
 * A seeded source of numbers that yields the same sequence on every machine: integer arithmetic only (SplitMix64). Forks are
 * independent of how much the parent has been used, so that adding a draw in one place doesn't change all others.
 */
final class Dice {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    /** Standard deviation of a sum of eight uniform 16-bit numbers. */
    private static final double EIGHT_SIGMA = 65_536 * Math.sqrt(8.0 / 12.0);

    private final long seed;
    private long state;

    Dice(long seed) {
        this.seed = seed;
        this.state = mix(seed + GOLDEN);
    }

    Dice fork(String purpose) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < purpose.length(); i++) {
            hash = (hash ^ purpose.charAt(i)) * 0x100000001B3L;
        }
        return new Dice(mix(seed ^ hash));
    }

    Dice fork(long number) {
        return new Dice(mix(seed + mix(number + GOLDEN)));
    }

    long nextLong() {
        state += GOLDEN;
        return mix(state);
    }

    /** Uniform in [0, 1). */
    double uniform() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    double between(double low, double high) {
        return low + (high - low) * uniform();
    }

    /** Uniform in [0, bound). */
    int below(int bound) {
        return (int) Math.floorMod(nextLong() >>> 1, (long) bound);
    }

    boolean chance(double probability) {
        return uniform() < probability;
    }

    int sign() {
        return (nextLong() & 1) == 0 ? 1 : -1;
    }

    /** Nearly normal with mean 0 and standard deviation 1, never beyond 4.9. */
    double gaussian() {
        return (sumOfFour(nextLong()) + sumOfFour(nextLong()) - 8 * 32_767.5) / EIGHT_SIGMA;
    }

    private static long sumOfFour(long bits) {
        return (bits & 0xFFFF) + ((bits >>> 16) & 0xFFFF) + ((bits >>> 32) & 0xFFFF) + (bits >>> 48);
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
