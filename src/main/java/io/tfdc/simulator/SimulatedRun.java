package io.tfdc.simulator;

import io.tfdc.model.ChamberEvent;
import io.tfdc.model.RunContext;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * One run with all its samples on common time stamps, and the truth about it.
 *
 * @param context the run
 * @param timesMicros time stamps in microseconds since 1970, as they came: dirt included
 * @param svids names of the signals
 * @param units their units
 * @param values per signal one value per time stamp
 * @param stepSvid the signal that carries the recipe step number
 * @param announcedOnly signals that the run should have and were not delivered
 * @param faults what was done to it; empty for a good run
 * @param before what happened to the chamber since its last run
 */
@SuppressWarnings("ArrayRecordComponent")
public record SimulatedRun(
        RunContext context,
        long[] timesMicros,
        List<String> svids,
        List<String> units,
        double[][] values,
        String stepSvid,
        List<String> announcedOnly,
        List<Fault> faults,
        List<ChamberEvent> before) {
    public SimulatedRun {
        svids = List.copyOf(svids);
        units = List.copyOf(units);
        announcedOnly = List.copyOf(announcedOnly);
        faults = List.copyOf(faults);
        before = List.copyOf(before);
        if (svids.size() != values.length || units.size() != values.length) {
            throw new IllegalArgumentException("run " + context.id() + ": " + svids.size() + " SVIDs, " + units.size()
                    + " units, " + values.length + " columns");
        }
        for (double[] column : values) {
            if (column.length != timesMicros.length) {
                throw new IllegalArgumentException(
                        "run " + context.id() + ": " + column.length + " values for " + timesMicros.length + " times");
            }
        }
    }

    /** Samples over all signals. */
    public long points() {
        return (long) timesMicros.length * values.length;
    }

    public int samples() {
        return timesMicros.length;
    }

    /**
     * The values of a signal.
     *
     * @throws IllegalArgumentException if the run doesn't have it
     */
    public double[] column(String svid) {
        int at = svids.indexOf(svid);
        if (at < 0) {
            throw new IllegalArgumentException("run " + context.id() + " has no SVID " + svid);
        }
        return values[at];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SimulatedRun that
                && context.equals(that.context)
                && Arrays.equals(timesMicros, that.timesMicros)
                && svids.equals(that.svids)
                && units.equals(that.units)
                && Arrays.deepEquals(values, that.values)
                && stepSvid.equals(that.stepSvid)
                && announcedOnly.equals(that.announcedOnly)
                && faults.equals(that.faults)
                && before.equals(that.before);
    }

    @Override
    public int hashCode() {
        return Objects.hash(context, Arrays.hashCode(timesMicros), Arrays.deepHashCode(values));
    }

    @Override
    public String toString() {
        return "SimulatedRun[" + context.id() + ", " + svids.size() + " SVIDs x " + samples() + ", faults " + faults
                + ']';
    }
}
