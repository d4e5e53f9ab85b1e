package io.tfdc.coordination;

import java.time.Duration;
import java.util.Random;

/** Waits that differ from process to process, the same for the same seed. */
final class Jitter {
    private static final long RETRY = Duration.ofMillis(500).toNanos();

    private final Random random;

    Jitter(long seed) {
        random = new Random(seed);
    }

    /** Nanoseconds in [from, to). */
    long between(Duration from, Duration to) {
        return from.toNanos() + (long) (random.nextDouble() * (to.toNanos() - from.toNanos()));
    }

    /** Wait before something that failed is tried again, in nanoseconds. */
    static long retry() {
        return RETRY;
    }

    /** A number in [0, bound) that depends on the text and on nothing else. */
    static int spread(String text, int bound) {
        int mixed = text.hashCode() * 0x9e3779b1;
        mixed = (mixed ^ (mixed >>> 15)) * 0x85ebca6b;
        return Math.floorMod(mixed ^ (mixed >>> 13), bound);
    }
}
