package io.tfdc.spc;

/**
 * A window found in a run: samples {@code from} (inclusive) to {@code to} (exclusive).
 *
 * @param presence whether there are samples and, if not, why
 */
public record SampleRange(int from, int to, Presence presence) {
    /** Whether a window has samples. */
    public enum Presence {
        PRESENT,
        /** The run has no such visit of the step; legal for optional steps. */
        STEP_ABSENT,
        /** The step took place, but no sample is left in the window. */
        EMPTY
    }

    static final SampleRange ABSENT = new SampleRange(0, 0, Presence.STEP_ABSENT);

    public SampleRange {
        if (from < 0 || to < from || (presence == Presence.PRESENT) != (to > from)) {
            throw new IllegalArgumentException("samples " + from + " to " + to + " " + presence);
        }
    }

    static SampleRange of(int from, int to) {
        return to > from ? new SampleRange(from, to, Presence.PRESENT) : new SampleRange(from, from, Presence.EMPTY);
    }

    public boolean isPresent() {
        return presence == Presence.PRESENT;
    }

    public int size() {
        return to - from;
    }
}
