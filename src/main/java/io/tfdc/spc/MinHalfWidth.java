package io.tfdc.spc;

/**
 * The least distance of a limit from the centre, for signals whose spread is about 0 (constant, quantised); the greatest of the three
 * counts.
 *
 * @param abs in the signal's unit
 * @param pctOfCenter percent of the centre's absolute value
 * @param steps quantisation steps
 * @param stepSize size of one quantisation step in the signal's unit
 */
public record MinHalfWidth(double abs, double pctOfCenter, double steps, double stepSize) {
    public static final MinHalfWidth NONE = new MinHalfWidth(0, 0, 0, 0);

    public MinHalfWidth {
        for (double part : new double[] {abs, pctOfCenter, steps, stepSize}) {
            if (!(part >= 0 && part <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("minimum half-width " + part + ": expected 0 or more");
            }
        }
    }

    public static MinHalfWidth ofAbs(double abs) {
        return new MinHalfWidth(abs, 0, 0, 0);
    }

    public static MinHalfWidth ofPercent(double pctOfCenter) {
        return new MinHalfWidth(0, pctOfCenter, 0, 0);
    }

    public static MinHalfWidth ofSteps(double steps, double stepSize) {
        return new MinHalfWidth(0, 0, steps, stepSize);
    }

    public double around(double center) {
        return Math.max(abs, Math.max(pctOfCenter / 100 * Math.abs(center), steps * stepSize));
    }
}
