package io.tfdc.model;

/**
 * Names one number of a U-chart: a statistic of an SVID within a window of the run. Together with a chamber and a chart
 * group it names a chart.
 *
 * @param svid SVID name, up to 128 characters without {@code /}
 * @param window canonical window text such as {@code run}, {@code step5}, {@code step5#2}, {@code step5[2s,-1s]}
 * @param statistic canonical statistic text such as {@code mean} or {@code above(50)}
 */
public record IndicatorKey(String svid, String window, String statistic) implements Comparable<IndicatorKey> {
    public IndicatorKey {
        Names.requiredText("indicator SVID", svid, 128);
        Names.requiredText("indicator window", window, 64);
        Names.requiredText("indicator statistic", statistic, 64);
        if (svid.indexOf('/') >= 0 || window.indexOf('/') >= 0 || statistic.indexOf('/') >= 0) {
            throw new IllegalArgumentException(
                    "indicator: '/' is not allowed in " + svid + ", " + window + ", " + statistic);
        }
    }

    /** Parses {@code svid/window/statistic}. */
    public static IndicatorKey parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("indicator: expected SVID/window/statistic, found \"" + text + '"');
        }
        return new IndicatorKey(parts[0], parts[1], parts[2]);
    }

    @Override
    public int compareTo(IndicatorKey other) {
        return toString().compareTo(other.toString());
    }

    /** {@code svid/window/statistic}. */
    @Override
    public String toString() {
        return svid + '/' + window + '/' + statistic;
    }
}
