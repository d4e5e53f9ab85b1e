package io.tfdc.spc;

/**
 * Exponentially weighted moving average chart.
 *
 * @param lambda weight of the newest value, over 0 to 1
 * @param width limits at this multiple of the statistic's own sigma (L)
 */
public record EwmaDesign(double lambda, double width) {
    public EwmaDesign {
        if (!(lambda > 0 && lambda <= 1) || !(width > 0 && width <= 100)) {
            throw new IllegalArgumentException(
                    "EWMA lambda " + lambda + ", L " + width + ": expected (0,1] and (0,100]");
        }
    }

    /** The state before the first value; also after an acknowledged signal or in a new epoch. */
    public EwmaState start(double center) {
        return new EwmaState(center, 0);
    }

    /** Distance of the limits from the centre after {@code n} values; narrower at the start. */
    public double halfWidth(long n, double sigma) {
        return asymptoticHalfWidth(sigma) * Math.sqrt(1 - Math.pow(1 - lambda, 2.0 * n));
    }

    /** Distance of the limits from the centre in the long run. */
    public double asymptoticHalfWidth(double sigma) {
        return width * sigma * Math.sqrt(lambda / (2 - lambda));
    }

    /**
     * Judges the state with time-varying limits, strictly. Unknown before the first value and where sigma is 0 or undefined. A point
     * exactly on a limit is decided by rounding.
     */
    public Verdict judge(EwmaState state, double center, double sigma) {
        return judge(state, center, sigma, halfWidth(state.n(), sigma));
    }

    /** Judges the state with the limits of the long run. */
    public Verdict judgeAsymptotic(EwmaState state, double center, double sigma) {
        return judge(state, center, sigma, asymptoticHalfWidth(sigma));
    }

    private static Verdict judge(EwmaState state, double center, double sigma, double halfWidth) {
        if (state.n() == 0 || !(sigma > 0 && sigma <= Double.MAX_VALUE) || !(Math.abs(center) <= Double.MAX_VALUE)) {
            return Verdict.UNKNOWN;
        }
        if (state.z() > center + halfWidth) {
            return Verdict.ABOVE;
        }
        return state.z() < center - halfWidth ? Verdict.BELOW : Verdict.WITHIN;
    }
}
