package io.tfdc.model;

/**
 * One run of a chamber: the key under which its T-chart, its U-chart and its alarms are stored, and the identity that
 * makes processing idempotent.
 *
 * @param chamber where the run took place
 * @param context context identifier such as {@code ctx_20251024_103045}, 1 to 128 of {@code A-Z a-z 0-9 _ -}
 */
public record RunId(ChamberId chamber, String context) implements Comparable<RunId> {
    public RunId {
        Names.token("context id", context, 128);
    }

    /** Parses a T-chart key {@code tool:chamber:context}. */
    public static RunId parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("T-chart key: expected tool:chamber:context, found \"" + text + '"');
        }
        return new RunId(ChamberId.parse(text.substring(0, colon)), text.substring(colon + 1));
    }

    @Override
    public int compareTo(RunId other) {
        int byChamber = chamber.compareTo(other.chamber);
        return byChamber != 0 ? byChamber : context.compareTo(other.context);
    }

    /** The T-chart key {@code tool:chamber:context}. */
    @Override
    public String toString() {
        return chamber.toString() + ':' + context;
    }
}
