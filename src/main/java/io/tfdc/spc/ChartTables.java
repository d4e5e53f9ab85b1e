package io.tfdc.spc;

/** Which constants a chart uses; limits differ by about 3e-4 of their half-width. */
public enum ChartTables {
    /** As computed from the definitions. */
    EXACT,
    /** d2 and the D4 of moving ranges rounded to three decimals, as NIST, Minitab and qcc do. */
    ROUNDED;

    double of(double constant) {
        return this == EXACT ? constant : Math.rint(constant * 1000) / 1000;
    }
}
