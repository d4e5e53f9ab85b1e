package io.tfdc.spc;

/**
 * Evaluation of {@link RunRule}s over the plotted sequence of a chart.
 *
 * <p>A rule flags the last point of its pattern and every further point while the pattern holds. Points that are NaN or infinite
 * (missing, excluded) are skipped: their neighbours follow each other. Pass only the points of the current limit epoch. No
 * allocation; at most {@link #LONGEST} points are looked at.
 */
public final class RunRules {
    /** Longest pattern; a history of this many plotted points is always enough. */
    public static final int LONGEST = 15;

    /** Result when the rules cannot be decided: the last point is missing, or centre or sigma is undefined or sigma is 0. */
    public static final int UNKNOWN = Integer.MIN_VALUE;

    private RunRules() {}

    /**
     * Rules that fire at the last point of a history.
     *
     * @param history values, oldest first, the current point last
     * @param rules mask of the rules to evaluate
     * @return mask of the rules that fire, 0 for none, or {@link #UNKNOWN}
     */
    public static int last(double[] history, double center, double sigma, int rules, RunRuleConvention convention) {
        return last(history, 0, history.length, center, sigma, rules, convention);
    }

    /** As {@link #last(double[], double, double, int, RunRuleConvention)} for the part {@code from} to {@code to} (exclusive). */
    public static int last(
            double[] history, int from, int to, double center, double sigma, int rules, RunRuleConvention convention) {
        if (to <= from || !isDefined(center, sigma) || !(Math.abs(history[to - 1]) <= Double.MAX_VALUE)) {
            return UNKNOWN;
        }
        double y = (history[to - 1] - center) / sigma;
        int fired = Math.abs(y) > 3 ? RunRule.NELSON_1.bit() | RunRule.WECO_1.bit() : 0;
        if ((rules & ZONES) != 0) {
            fired |= zones(history, from, to, center, sigma, convention);
        }
        if ((rules & RUNS) != 0) {
            fired |= runs(history, from, to, center, sigma, convention);
        }
        if ((rules & TRENDS) != 0) {
            fired |= trends(history, from, to, convention);
        }
        return fired & rules;
    }

    /** The mask at every point of a series; {@link #UNKNOWN} at missing points and where sigma is undefined or 0. */
    public static int[] series(double[] values, double center, double sigma, int rules, RunRuleConvention convention) {
        int[] masks = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            masks[i] = last(values, 0, i + 1, center, sigma, rules, convention);
        }
        return masks;
    }

    private static final int ZONES = RunRule.mask(RunRule.NELSON_5, RunRule.NELSON_6, RunRule.WECO_2, RunRule.WECO_3);
    private static final int RUNS = RunRule.mask(RunRule.NELSON_2, RunRule.NELSON_7, RunRule.NELSON_8, RunRule.WECO_4);
    private static final int TRENDS = RunRule.mask(RunRule.NELSON_3, RunRule.NELSON_4);

    private static boolean isDefined(double center, double sigma) {
        return Math.abs(center) <= Double.MAX_VALUE && sigma > 0 && sigma <= Double.MAX_VALUE;
    }

    /** 2 of 3 and 4 of 5. */
    private static int zones(
            double[] history, int from, int to, double center, double sigma, RunRuleConvention convention) {
        double last = (history[to - 1] - center) / sigma;
        int side = last > 0 ? 1 : -1;
        int beyondOne = 0;
        int beyondTwo = 0;
        int points = 0;
        int fired = 0;
        for (int i = to - 1; i >= from && points < 5; i--) {
            double y = side * (history[i] - center) / sigma;
            if (!(Math.abs(y) <= Double.MAX_VALUE)) {
                continue;
            }
            points++;
            beyondOne += y > 1 ? 1 : 0;
            beyondTwo += y > 2 && points <= 3 ? 1 : 0;
        }
        if (side * last > 2 && beyondTwo >= 2 && (points >= 3 || convention.partialWindow())) {
            fired |= RunRule.NELSON_5.bit() | RunRule.WECO_2.bit();
        }
        if (side * last > 1 && beyondOne >= 4 && (points >= 5 || convention.partialWindow())) {
            fired |= RunRule.NELSON_6.bit() | RunRule.WECO_3.bit();
        }
        return fired;
    }

    /** Points in a row on one side, within 1 sigma, beyond 1 sigma. */
    private static int runs(
            double[] history, int from, int to, double center, double sigma, RunRuleConvention convention) {
        double last = (history[to - 1] - center) / sigma;
        boolean sideGoesOn = true;
        boolean withinGoesOn = true;
        boolean beyondGoesOn = true;
        int sameSide = 0;
        int within = 0;
        int beyond = 0;
        int above = 0;
        for (int i = to - 1; i >= from && (sideGoesOn || withinGoesOn || beyondGoesOn); i--) {
            double y = (history[i] - center) / sigma;
            if (!(Math.abs(y) <= Double.MAX_VALUE)) {
                continue;
            }
            double size = Math.abs(y);
            sideGoesOn &= y * last > 0 && sameSide < 9;
            withinGoesOn &= (size < 1 || (size == 1 && !convention.strictlyWithin())) && within < 15;
            beyondGoesOn &= size > 1 && beyond < 8;
            sameSide += sideGoesOn ? 1 : 0;
            within += withinGoesOn ? 1 : 0;
            beyond += beyondGoesOn ? 1 : 0;
            above += beyondGoesOn && y > 0 ? 1 : 0;
        }
        boolean mixed = convention.mixtureOnOneSide() || (above > 0 && above < beyond);
        return (sameSide >= 9 ? RunRule.NELSON_2.bit() : 0)
                | (sameSide >= 8 ? RunRule.WECO_4.bit() : 0)
                | (within >= 15 ? RunRule.NELSON_7.bit() : 0)
                | (beyond >= 8 && mixed ? RunRule.NELSON_8.bit() : 0);
    }

    /** Points in a row rising or falling, or alternating. */
    private static int trends(double[] history, int from, int to, RunRuleConvention convention) {
        double after = history[to - 1];
        double lastSign = 0;
        double sign = 0;
        int trend = 1;
        int alternating = 1;
        boolean trendGoesOn = true;
        boolean alternationGoesOn = true;
        for (int i = to - 2; i >= from && (trendGoesOn || alternationGoesOn); i--) {
            double x = history[i];
            if (!(Math.abs(x) <= Double.MAX_VALUE)) {
                continue;
            }
            double before = sign;
            sign = Math.signum(after - x);
            lastSign = lastSign == 0 ? sign : lastSign;
            trendGoesOn &= sign != 0 && sign == lastSign && trend < convention.trendPoints();
            alternationGoesOn &= sign != 0 && sign != before && alternating < convention.alternatingPoints();
            trend += trendGoesOn ? 1 : 0;
            alternating += alternationGoesOn ? 1 : 0;
            after = x;
        }
        return (trend >= convention.trendPoints() ? RunRule.NELSON_3.bit() : 0)
                | (alternating >= convention.alternatingPoints() ? RunRule.NELSON_4.bit() : 0);
    }
}
