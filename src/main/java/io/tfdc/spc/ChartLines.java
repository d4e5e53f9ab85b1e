package io.tfdc.spc;

/**
 * The lines of a chart.
 *
 * @param lcl lower control limit
 * @param center centre line
 * @param ucl upper control limit
 */
public record ChartLines(double lcl, double center, double ucl) {
    /** Judges strictly: on a line is within. */
    public Verdict judge(double value) {
        if (!(Math.abs(value) <= Double.MAX_VALUE) || Double.isNaN(lcl) || Double.isNaN(ucl)) {
            return Verdict.UNKNOWN;
        }
        if (value > ucl) {
            return Verdict.ABOVE;
        }
        return value < lcl ? Verdict.BELOW : Verdict.WITHIN;
    }
}
