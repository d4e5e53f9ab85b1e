package io.tfdc.simulator;

import java.util.Arrays;
import java.util.stream.IntStream;

/** What real collection does to clean samples: gaps, doubled rows, missing values, and a first sample of the next wafer at the end. */
final class Dirt {
    private static final double GAP = 0.02;
    private static final double DOUBLED = 0.02;
    private static final double MISSING_VALUES = 0.05;
    private static final double NEXT_WAFER = 0.35;

    private Dirt() {}

    /**
     * Rows to keep, in order; a row may occur twice. The row of the next wafer is not among them.
     *
     * @param samples number of clean rows
     */
    static int[] rows(int samples, Dice dice) {
        IntStream rows = IntStream.range(0, samples);
        boolean gap = dice.chance(GAP);
        int from = samples / 10 + dice.below(Math.max(1, samples / 2));
        int length = 3 + dice.below(Math.max(1, samples / 25));
        if (gap) {
            rows = rows.filter(row -> row < from || row >= from + length);
        }
        boolean doubled = dice.chance(DOUBLED);
        int twice = dice.below(samples);
        if (doubled) {
            rows = rows.flatMap(row -> row == twice ? IntStream.of(row, row) : IntStream.of(row));
        }
        return rows.toArray();
    }

    /** Replaces a few neighbouring values of one column by NaN. */
    static void blank(double[][] columns, Dice dice) {
        boolean blank = dice.chance(MISSING_VALUES);
        double[] column = columns[dice.below(columns.length)];
        int from = dice.below(column.length);
        int length = 1 + dice.below(3);
        if (blank) {
            Arrays.fill(column, from, Math.min(column.length, from + length), Double.NaN);
        }
    }

    /** Whether the run's record ends with the first sample of the next wafer: time jumps back, the step returns to the first. */
    static boolean endsWithNextWafer(Dice dice) {
        return dice.chance(NEXT_WAFER);
    }
}
