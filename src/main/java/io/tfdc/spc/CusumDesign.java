package io.tfdc.spc;

/**
 * Tabular two-sided CUSUM chart in units of sigma.
 *
 * @param k reference value: half the shift to find
 * @param h decision limit
 * @param headStart both sums start here (fast initial response: h/2), less than h
 * @param reset what happens at the value after a signal
 */
public record CusumDesign(double k, double h, double headStart, Reset reset) {
    /** What happens after a signal. */
    public enum Reset {
        /** Keep accumulating until somebody resets; the default, together with a latched alarm. */
        NONE,
        /** Start again from 0. */
        TO_ZERO,
        /** Start again from the head start. */
        TO_HEAD_START
    }

    public CusumDesign {
        if (!(k >= 0 && k <= 100) || !(h > 0 && h <= 1000) || !(headStart >= 0 && headStart < h)) {
            throw new IllegalArgumentException("CUSUM k " + k + ", h " + h + ", head start " + headStart
                    + ": expected 0 to 100, over 0 to 1000, 0 to less than h");
        }
    }

    /** Without head start or reset. */
    public static CusumDesign of(double k, double h) {
        return new CusumDesign(k, h, 0, Reset.NONE);
    }

    public CusumDesign withHeadStart(double start) {
        return new CusumDesign(k, h, start, reset);
    }

    public CusumDesign withReset(Reset newReset) {
        return new CusumDesign(k, h, headStart, newReset);
    }

    /** The state before the first value; also after an acknowledged signal or in a new epoch. */
    public CusumState start() {
        return new CusumState(headStart, headStart, 0, 0, 0);
    }

    /** Judges strictly; above wins where both sums signal. Unknown before the first value. */
    public Verdict judge(CusumState state) {
        if (state.n() == 0) {
            return Verdict.UNKNOWN;
        }
        if (state.plus() > h) {
            return Verdict.ABOVE;
        }
        return state.minus() > h ? Verdict.BELOW : Verdict.WITHIN;
    }
}
