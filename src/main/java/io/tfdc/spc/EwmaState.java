package io.tfdc.spc;

/**
 * Memory of an EWMA chart; kept with the chart, since it reaches further back than the history.
 *
 * @param z the average
 * @param n values since the start or the last reset
 */
public record EwmaState(double z, long n) {
    public EwmaState {
        if (n < 0) {
            throw new IllegalArgumentException("n " + n + ": expected 0 or more");
        }
    }

    /** The state after one more value; the same state when the value is missing (NaN, infinite). */
    public EwmaState next(EwmaDesign design, double value) {
        if (!(Math.abs(value) <= Double.MAX_VALUE)) {
            return this;
        }
        return new EwmaState(design.lambda() * value + (1 - design.lambda()) * z, n + 1);
    }
}
