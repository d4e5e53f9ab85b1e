package io.tfdc.clustersim;

import java.time.Duration;
import java.util.PriorityQueue;

/** The clock of the simulated world and everything that is still to happen, in one total order: by time, then by order of planning. */
final class VirtualTime {
    static final long MILLI = 1_000_000;
    static final long SECOND = 1_000 * MILLI;

    private final PriorityQueue<Planned> queue = new PriorityQueue<>(1024);
    private long now;
    private long planned;
    private long happened;
    private long hash;

    private record Planned(long at, long order, Runnable action) implements Comparable<Planned> {
        @Override
        public int compareTo(Planned other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    /** Nanoseconds since the beginning of the world. */
    long now() {
        return now;
    }

    /** Plans something; what lies in the past happens as soon as possible. */
    void at(long time, Runnable action) {
        queue.add(new Planned(Math.max(time, now), planned++, action));
    }

    void after(long delay, Runnable action) {
        at(now + delay, action);
    }

    void after(Duration delay, Runnable action) {
        at(now + delay.toNanos(), action);
    }

    /** Lets the next thing happen; false if nothing is left. */
    boolean step() {
        Planned next = queue.poll();
        if (next == null) {
            return false;
        }
        now = next.at();
        happened++;
        stir(next.at() ^ Long.rotateLeft(next.order(), 32));
        next.action().run();
        return true;
    }

    /** Takes a fact into the hash of the run. */
    void stir(long fact) {
        hash = (Long.rotateLeft(hash, 5) ^ fact) * 0x9E3779B97F4A7C15L;
    }

    /** A digest of all that has happened and when: equal runs, equal digests. */
    long hash() {
        return hash;
    }

    /** Number of things that have happened. */
    long happened() {
        return happened;
    }

    /** As people read it: seconds with three decimals. */
    static String seconds(long nanos) {
        long millis = nanos / MILLI;
        return millis / 1000 + "." + String.format(java.util.Locale.ROOT, "%03d", millis % 1000);
    }
}
