package io.tfdc.spc;

/**
 * Capability of a process against its spec. With the spread within subgroups these are Cp and Cpk, with the overall one Pp and Ppk.
 *
 * @param cp spec width over 6 sigma; NaN for a one-sided spec
 * @param cpu distance to the upper spec over 3 sigma; NaN without one
 * @param cpl distance to the lower spec over 3 sigma; NaN without one
 * @param cpk the lesser of both sides
 * @param cpm as {@code cp} with the deviation from the target added to the spread; NaN without target
 */
public record Capability(double cp, double cpu, double cpl, double cpk, double cpm) {
    /**
     * Capability from a known mean and spread.
     *
     * @param sigma more than 0; otherwise everything is NaN
     */
    public static Capability of(SpecLimits spec, double mean, double sigma) {
        if (!(sigma > 0 && sigma <= Double.MAX_VALUE)) {
            return new Capability(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        double cpu = (spec.usl() - mean) / (3 * sigma);
        double cpl = (mean - spec.lsl()) / (3 * sigma);
        double width = spec.usl() - spec.lsl();
        double cpk = Double.isNaN(cpu) ? cpl : Double.isNaN(cpl) ? cpu : Math.min(cpu, cpl);
        double cpm = width / (6 * Math.hypot(sigma, mean - spec.target()));
        return new Capability(width / (6 * sigma), cpu, cpl, cpk, cpm);
    }

    /** Cp and Cpk of a series: sigma from its mean moving range. */
    public static Capability within(SpecLimits spec, double[] values) {
        CenterSigma estimate = CenterSigma.of(LimitMethod.MEAN_MR, values);
        return of(spec, estimate.center(), estimate.sigma());
    }

    /** Pp and Ppk of a series: sigma from all values. */
    public static Capability overall(SpecLimits spec, double[] values) {
        CenterSigma estimate = CenterSigma.of(LimitMethod.SD, values);
        return of(spec, estimate.center(), estimate.sigma());
    }
}
