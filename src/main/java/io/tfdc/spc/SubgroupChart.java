package io.tfdc.spc;

import java.util.Arrays;

/**
 * Chart of subgroup means (X-bar) with a chart of their spread (R or S); subgroups may differ in size, limits are per size.
 *
 * @param spread which spread gives sigma
 * @param center mean of all values
 * @param sigma spread of a single value: mean of R/d2 or S/c4 over the subgroups; NaN when no subgroup has two values
 */
public record SubgroupChart(Spread spread, double center, double sigma, ChartTables tables) {
    /** Measure of spread within a subgroup. */
    public enum Spread {
        RANGE,
        STD
    }

    /** From baseline subgroups; values that are not finite are left out of theirs. */
    public static SubgroupChart of(double[][] groups, Spread spread, ChartTables tables) {
        Moments all = new Moments();
        Moments sigmas = new Moments();
        ChartConstants constants = ChartConstants.of(2);
        for (double[] group : groups) {
            Moments own = Moments.of(group);
            all.merge(own);
            if (own.count() >= 2) {
                constants = constants.n() == own.count() ? constants : ChartConstants.of((int) own.count());
                double unit = spread == Spread.STD ? constants.c4() : tables.of(constants.d2());
                sigmas.add(spreadOf(group, spread) / unit);
            }
        }
        return new SubgroupChart(spread, all.mean(), sigmas.mean(), tables);
    }

    /** Range or standard deviation of one subgroup; NaN below two finite values. */
    public static double spreadOf(double[] group, Spread spread) {
        Moments own = Moments.of(group);
        if (own.count() < 2) {
            return Double.NaN;
        }
        if (spread == Spread.STD) {
            return own.std();
        }
        double[] finite = Arrays.stream(group).filter(Double::isFinite).sorted().toArray();
        return finite[finite.length - 1] - finite[0];
    }

    /** Lines for the mean of a subgroup of {@code n}: centre +- 3 sigma / sqrt(n). */
    public ChartLines means(int n) {
        double half = 3 * sigma / Math.sqrt(n);
        return new ChartLines(center - half, center, center + half);
    }

    /** Lines for the spread of a subgroup of {@code n}. */
    public ChartLines spreads(int n) {
        ChartConstants constants = ChartConstants.of(n);
        double unit = spread == Spread.STD ? constants.c4() : tables.of(constants.d2());
        double deviation = spread == Spread.STD ? Math.sqrt(1 - constants.c4() * constants.c4()) : constants.d3();
        double middle = unit * sigma;
        return new ChartLines(Math.max(0, middle - 3 * deviation * sigma), middle, middle + 3 * deviation * sigma);
    }
}
