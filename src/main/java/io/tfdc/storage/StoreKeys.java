package io.tfdc.storage;

import java.time.Duration;
import java.time.Instant;

/** What all adapters agree on: how times become key columns, and the bounds of requests. */
public final class StoreKeys {
    /** Most rows that one history or range request may ask for. */
    public static final int MAX_ROWS = 1000;

    /** Longest range of a request about all chambers. */
    public static final Duration MAX_SPAN = Duration.ofDays(62);

    private static final Instant EARLIEST = Instant.ofEpochMilli(Long.MIN_VALUE / 1000 + 1);
    private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE / 1000 - 1);

    private StoreKeys() {}

    /** Milliseconds since 1970, rounded down; times beyond the years -290,000 and 290,000 are clamped. */
    public static long millis(Instant time) {
        return clamp(time).toEpochMilli();
    }

    /** Microseconds since 1970, rounded down: the stamp that decides between two versions of a row. */
    public static long micros(Instant time) {
        Instant clamped = clamp(time);
        return clamped.getEpochSecond() * 1_000_000 + clamped.getNano() / 1000;
    }

    /** @throws StoreException not retryable, if {@code max} isn't 1 to {@link #MAX_ROWS} */
    public static int checkMax(int max) {
        if (max < 1 || max > MAX_ROWS) {
            throw new StoreException("expected max 1 to " + MAX_ROWS + ", found " + max, false);
        }
        return max;
    }

    /** @throws StoreException not retryable, if the range is longer than {@link #MAX_SPAN} */
    public static void checkSpan(Instant from, Instant to) {
        if (from.plus(MAX_SPAN).isBefore(to)) {
            throw new StoreException(
                    "expected a range of at most " + MAX_SPAN.toDays() + " days, found " + from + " to " + to, false);
        }
    }

    private static Instant clamp(Instant time) {
        if (time.isBefore(EARLIEST)) {
            return EARLIEST;
        }
        return time.isAfter(LATEST) ? LATEST : time;
    }
}
