package io.tfdc.strategy;

import io.tfdc.model.ChamberEvent;
import io.tfdc.model.RunContext;
import io.tfdc.spc.DataFinding;
import io.tfdc.spc.RunRules;
import java.util.List;

/**
 * What one strategy's conditions see of a run: its values after those of the runs before it, limits, events. Rows are runs,
 * oldest first, excluded ones left out, this run last. Lives for one evaluation on one thread.
 */
final class RunView {
    /** Why something couldn't be decided; bits. */
    static final int LEARNING = 1;

    static final int MISSING = 2;
    static final int NO_SPREAD = 4;
    static final int NO_LIMITS = 8;

    final RunContext context;
    final ChartIndex charts;
    final double[][] rows;
    final RunContext[] runs;
    /** First row of the epoch. */
    final int epochFrom;
    /** First row that rules about several runs may look at: epoch and limit version are those of this run from here on. */
    final int windowFrom;

    final JudgedLimits limits;
    final List<DataFinding> findings;
    final List<ChamberEvent> events;
    final boolean incomplete;
    final Memory memory;

    private int unknown;
    private int unknownChart = -1;
    private final double[] points = new double[RunRules.LONGEST];
    private final int[] pointRows = new int[RunRules.LONGEST];

    RunView(
            RunContext context,
            ChartIndex charts,
            Rows rows,
            int windowFrom,
            JudgedLimits limits,
            List<DataFinding> findings,
            List<ChamberEvent> events,
            boolean incomplete,
            Memory memory) {
        this.context = context;
        this.charts = charts;
        this.rows = rows.values();
        this.runs = rows.runs();
        this.epochFrom = rows.epochFrom();
        this.windowFrom = windowFrom;
        this.limits = limits;
        this.findings = findings;
        this.events = events;
        this.incomplete = incomplete;
        this.memory = memory;
    }

    /** The row of this run. */
    int last() {
        return rows.length - 1;
    }

    double value(int chart, int row) {
        return rows[row][chart];
    }

    boolean has(int chart, int row) {
        return isFinite(rows[row][chart]);
    }

    static boolean isFinite(double value) {
        return Math.abs(value) <= Double.MAX_VALUE;
    }

    /** Notes why a chart can't be judged and returns UNKNOWN. */
    Truth unknown(int cause, int chart) {
        unknown |= cause;
        if (unknownChart < 0) {
            unknownChart = chart;
        }
        return Truth.UNKNOWN;
    }

    /** UNKNOWN because of the chart's limits. */
    Truth unknownLimits(int chart) {
        return unknown(
                switch (limits.status[chart]) {
                    case LEARNING -> LEARNING;
                    case UNDEFINED -> NO_SPREAD;
                    default -> NO_LIMITS;
                },
                chart);
    }

    void forgetUnknown() {
        unknown = 0;
        unknownChart = -1;
    }

    /** Whether something is unknown for another reason than that charts are learning. */
    boolean isUnknownBeyondLearning() {
        return (unknown & ~LEARNING) != 0;
    }

    /** Why, in words. */
    String whyUnknown() {
        String chart = unknownChart < 0 ? "a chart" : charts.name(unknownChart);
        if ((unknown & MISSING) != 0) {
            return chart + " has no value in this run or its comparison";
        }
        return (unknown & NO_SPREAD) != 0 ? chart + " has no spread in its baseline" : chart + " has no limits";
    }

    /**
     * The chart's newest plotted points up to a row, at most {@link RunRules#LONGEST}, missing ones skipped; see
     * {@link #points()}.
     *
     * @return their number; they stand at the end of the array
     */
    int gather(int chart, int upTo) {
        int n = 0;
        for (int row = upTo; row >= windowFrom && n < points.length; row--) {
            double value = rows[row][chart];
            if (isFinite(value)) {
                n++;
                points[points.length - n] = value;
                pointRows[points.length - n] = row;
            }
        }
        return n;
    }

    double[] points() {
        return points;
    }

    int[] pointRows() {
        return pointRows;
    }
}
