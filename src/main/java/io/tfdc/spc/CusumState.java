package io.tfdc.spc;

/**
 * Memory of a tabular CUSUM chart, in units of sigma; kept with the chart, since it reaches back without bound.
 *
 * @param plus sum of upward deviations (C+)
 * @param minus sum of downward deviations (C-)
 * @param runPlus values in a row with C+ over 0 (N+)
 * @param runMinus values in a row with C- over 0 (N-)
 * @param n values since the start or the last reset
 */
public record CusumState(double plus, double minus, long runPlus, long runMinus, long n) {
    public CusumState {
        if (!(plus >= 0) || !(minus >= 0) || runPlus < 0 || runMinus < 0 || n < 0) {
            throw new IllegalArgumentException(
                    "CUSUM state " + plus + ", " + minus + ", " + runPlus + ", " + runMinus + ", " + n);
        }
    }

    /**
     * The state after one more value; the same state when the value is missing or sigma is 0 or undefined.
     *
     * @param center in-control mean
     * @param sigma in-control standard deviation
     */
    public CusumState next(CusumDesign design, double value, double center, double sigma) {
        double z = (value - center) / sigma;
        if (!(sigma > 0) || !(Math.abs(z) <= Double.MAX_VALUE)) {
            return this;
        }
        CusumState before = design.judge(this).isOutside() ? afterSignal(design) : this;
        double up = Math.max(0, before.plus + z - design.k());
        double down = Math.max(0, before.minus - z - design.k());
        return new CusumState(
                up, down, up > 0 ? before.runPlus + 1 : 0, down > 0 ? before.runMinus + 1 : 0, before.n + 1);
    }

    /**
     * How many values ago the shift began that this side shows: the last in-control value is the one so many before the current.
     *
     * @param side {@link Verdict#ABOVE} or {@link Verdict#BELOW}
     */
    public long valuesSinceShift(Verdict side) {
        return side == Verdict.BELOW ? runMinus : runPlus;
    }

    /** Estimate of the mean since the shift; NaN when this side shows none. */
    public double shiftedMean(CusumDesign design, Verdict side, double center, double sigma) {
        if (valuesSinceShift(side) == 0) {
            return Double.NaN;
        }
        return side == Verdict.BELOW
                ? center - sigma * (design.k() + minus / runMinus)
                : center + sigma * (design.k() + plus / runPlus);
    }

    private CusumState afterSignal(CusumDesign design) {
        return switch (design.reset()) {
            case NONE -> this;
            case TO_ZERO -> new CusumState(0, 0, 0, 0, 0);
            case TO_HEAD_START -> design.start();
        };
    }
}
