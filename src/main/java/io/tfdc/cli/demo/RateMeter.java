package io.tfdc.cli.demo;

import java.util.ArrayDeque;
import java.util.Deque;

/** Events per second over the last seconds. */
final class RateMeter {
    private static final long WINDOW_NANOS = 5_000_000_000L;

    private final Deque<long[]> marks = new ArrayDeque<>();

    /** Notes the count reached at a time and yields the rate. */
    double at(long nanos, long count) {
        marks.addLast(new long[] {nanos, count});
        while (marks.size() > 2 && nanos - marks.getFirst()[0] > WINDOW_NANOS) {
            marks.removeFirst();
        }
        long[] first = marks.getFirst();
        double seconds = (nanos - first[0]) / 1e9;
        return seconds <= 0 ? 0 : (count - first[1]) / seconds;
    }
}
