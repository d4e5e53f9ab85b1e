package io.tfdc.model;

/**
 * Names one number of a U-chart: a statistic of an SVID within a window of the run. Together with a chamber and a chart
 * group it names a chart.
 *
 * @param svid SVID name, 1 to 128 characters without control characters
 * @param window canonical window text such as {@code run}, {@code step5}, {@code step5#2}, {@code step5[2s,-1s]}
 * @param statistic canonical statistic text such as {@code mean} or {@code above(50)}
 */
public record IndicatorKey(String svid, String window, String statistic) implements Comparable<IndicatorKey> {
    private static final int MAX_SVID = 128;

    public IndicatorKey {
        Names.requiredText("indicator SVID", svid, MAX_SVID);
        Names.requiredText("indicator window", window, 64);
        Names.requiredText("indicator statistic", statistic, 64);
        if (window.indexOf('/') >= 0 || statistic.indexOf('/') >= 0) {
            throw new IllegalArgumentException("indicator: '/' is not allowed in " + window + ", " + statistic);
        }
    }

    /** Whether a name can be that of an SVID with charts. */
    public static boolean isSvid(String name) {
        return !name.isEmpty() && name.length() <= MAX_SVID && name.chars().noneMatch(Character::isISOControl);
    }

    /** Parses {@code svid/window/statistic}; an SVID may contain slashes itself. */
    public static IndicatorKey parse(String text) {
        int statistic = text.lastIndexOf('/');
        int window = text.lastIndexOf('/', statistic - 1);
        if (statistic < 0 || window < 0) {
            throw new IllegalArgumentException("indicator: expected SVID/window/statistic, found \"" + text + '"');
        }
        return new IndicatorKey(
                text.substring(0, window), text.substring(window + 1, statistic), text.substring(statistic + 1));
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
