package io.tfdc.strategy;

/** A number that a comparison looks at. */
sealed interface Term {
    /** A constant. */
    record Number(double value) implements Term {}

    /** A chart's value in this run, or {@code lag} runs ago. */
    record Value(Selector of, int lag) implements Term {}

    /** One of a chart's limits. */
    record Limit(Selector of, Line line) implements Term {}

    /** a - b. */
    record Delta(Term a, Term b) implements Term {}

    /** a / b; undefined where b is 0. */
    record Ratio(Term a, Term b) implements Term {}

    /** |a|. */
    record Absolute(Term a) implements Term {}

    /** A line in a chart. */
    enum Line {
        CENTER,
        SIGMA,
        LCL,
        UCL,
        LSL,
        USL,
        TARGET
    }
}
