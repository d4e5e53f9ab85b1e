package io.tfdc.storage;

import java.time.Duration;

/**
 * How long rows are kept, counted from the moment they are written.
 *
 * @param tCharts T-charts, at least a second; 3 days as a rule
 * @param uCharts U-charts, defense events, notes on alarms and the audit log, at least a second; a year as a rule
 */
public record Retention(Duration tCharts, Duration uCharts) {
    /** Longest time that Cassandra accepts. */
    private static final Duration LONGEST = Duration.ofDays(20 * 365);

    public static final Retention DEFAULT = new Retention(Duration.ofDays(3), Duration.ofDays(365));

    public Retention {
        check("T-chart retention", tCharts);
        check("U-chart retention", uCharts);
    }

    private static void check(String what, Duration value) {
        if (value.compareTo(Duration.ofSeconds(1)) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(what + ": expected 1 s to 20 years, found " + value);
        }
    }
}
