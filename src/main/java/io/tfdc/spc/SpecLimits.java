package io.tfdc.spc;

/**
 * Engineering limits.
 *
 * @param lsl lower limit; NaN for none
 * @param usl upper limit; NaN for none
 * @param target wanted value; NaN for none
 */
public record SpecLimits(double lsl, double usl, double target) {
    public static final SpecLimits NONE = new SpecLimits(Double.NaN, Double.NaN, Double.NaN);

    public SpecLimits {
        if (lsl >= usl) {
            throw new IllegalArgumentException("spec " + lsl + " to " + usl + ": expected lower < upper");
        }
    }

    public static SpecLimits of(double lsl, double usl) {
        return new SpecLimits(lsl, usl, Double.NaN);
    }

    /** Judges strictly; unknown when the value is missing or there is no limit at all. */
    public Verdict judge(double value) {
        if (!(Math.abs(value) <= Double.MAX_VALUE) || (Double.isNaN(lsl) && Double.isNaN(usl))) {
            return Verdict.UNKNOWN;
        }
        if (value > usl) {
            return Verdict.ABOVE;
        }
        return value < lsl ? Verdict.BELOW : Verdict.WITHIN;
    }
}
