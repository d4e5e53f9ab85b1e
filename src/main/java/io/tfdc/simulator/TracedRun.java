package io.tfdc.simulator;

/**
 * One recorded run: a wafer in a chamber, all signals on the same time stamps, dirt included.
 *
 * @param wafer name of the wafer
 * @param set {@code normal} or {@code fault}, as labelled in the file
 * @param fault name of the induced fault, empty for none
 * @param timesMicros time stamps as they came, microseconds from an arbitrary start
 * @param step recipe step per time stamp
 * @param svids names of the signals
 * @param values per signal one value per time stamp; NaN where the cell is empty
 */
@SuppressWarnings("ArrayRecordComponent")
public record TracedRun(
        String wafer, String set, String fault, long[] timesMicros, double[] step, String[] svids, double[][] values) {

    public TracedRun {
        if (svids.length != values.length || step.length != timesMicros.length) {
            throw new IllegalArgumentException(svids.length + " signals, " + values.length + " columns, "
                    + timesMicros.length + " times, " + step.length + " steps");
        }
        for (double[] column : values) {
            if (column.length != timesMicros.length) {
                throw new IllegalArgumentException(column.length + " values for " + timesMicros.length + " times");
            }
        }
    }

    public boolean isFault() {
        return set.equals("fault");
    }

    public int samples() {
        return timesMicros.length;
    }
}
