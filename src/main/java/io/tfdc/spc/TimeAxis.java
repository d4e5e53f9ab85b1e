package io.tfdc.spc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The time stamps of a trace in ascending order, with what had to be left out to get there.
 *
 * <p>Signals sampled on the same time stamps share one axis. In clean data and in the usual dirt (samples of the next run at the
 * end) nothing is copied: positions of the axis are positions of the arrays as they came.
 */
public final class TimeAxis {
    private final long[] original;
    private final long[] times;
    private final int size;
    private final int originalSize;
    private final int @Nullable [] kept;
    private final List<DataFinding> findings;

    private TimeAxis(
            long[] original,
            long[] times,
            int size,
            int originalSize,
            int @Nullable [] kept,
            List<DataFinding> findings) {
        this.original = original;
        this.times = times;
        this.size = size;
        this.originalSize = originalSize;
        this.kept = kept;
        this.findings = List.copyOf(findings);
    }

    /** Cleans the first {@code n} time stamps (microseconds) without a step signal. */
    public static TimeAxis of(long[] micros, int n) {
        return of(micros, n, null);
    }

    /**
     * Cleans the first {@code n} time stamps.
     *
     * <p>Where time jumps back: what never gets beyond the newest time is cut off; a later part that does is kept from where it
     * does, unless it starts over at the run's first step, which makes it the next run. Equal time stamps stay.
     *
     * @param micros microseconds; not copied, must not change while the axis lives
     * @param step step numbers on the same positions; helps to tell the next run from late samples
     */
    public static TimeAxis of(long[] micros, int n, double @Nullable [] step) {
        if (n < 0 || n > micros.length || (step != null && step.length < n)) {
            throw new IllegalArgumentException(
                    n + " samples in " + micros.length + " times and " + (step == null ? 0 : step.length) + " steps");
        }
        List<DataFinding> findings = new ArrayList<>();
        int ascending = ascendingPrefix(micros, n);
        TimeAxis axis;
        if (ascending == n) {
            axis = new TimeAxis(micros, micros, n, n, null, findings);
        } else {
            TimeRepair repair = new TimeRepair(micros, n, step, findings);
            int[] kept = repair.keep(ascending);
            axis = isPrefix(kept)
                    ? new TimeAxis(micros, micros, kept.length, n, null, findings)
                    : new TimeAxis(micros, pick(micros, kept), kept.length, n, kept, findings);
        }
        axis.describeIntervals(findings);
        return findings.isEmpty() ? axis : new TimeAxis(micros, axis.times, axis.size, n, axis.kept, findings);
    }

    /** Whether this axis was made from these time stamps, so that a signal on them can share it. */
    public boolean isOf(long[] micros, int n) {
        return n == originalSize && (micros == original || Arrays.equals(micros, 0, n, original, 0, n));
    }

    /** Number of samples kept. */
    public int size() {
        return size;
    }

    /** Number of samples that came. */
    public int originalSize() {
        return originalSize;
    }

    /** Time stamp in microseconds at a position of the axis. */
    public long time(int position) {
        return times[position];
    }

    /** The time stamps; may be longer than {@link #size()}. Read only. */
    public long[] times() {
        return times;
    }

    /** Position in the arrays as they came. */
    public int originalIndex(int position) {
        return kept == null ? position : kept[position];
    }

    public List<DataFinding> findings() {
        return findings;
    }

    /**
     * The values that belong to the kept time stamps: the array itself where only the end was cut, a copy otherwise.
     *
     * @param values one value per original time stamp
     */
    public double[] align(double[] values) {
        if (values.length < originalSize) {
            throw new IllegalArgumentException(values.length + " values for " + originalSize + " time stamps");
        }
        if (kept == null) {
            return values;
        }
        double[] picked = new double[size];
        for (int i = 0; i < size; i++) {
            picked[i] = values[kept[i]];
        }
        return picked;
    }

    /** First position with a time of at least {@code micros}, or {@link #size()}. */
    int firstAtOrAfter(long micros) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] < micros) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void describeIntervals(List<DataFinding> findings) {
        int equal = 0;
        int firstEqual = 0;
        long longest = 0;
        int longestAt = 0;
        for (int i = 1; i < size; i++) {
            long interval = times[i] - times[i - 1];
            if (interval == 0 && equal++ == 0) {
                firstEqual = i;
            }
            if (interval > longest) {
                longest = interval;
                longestAt = i;
            }
        }
        if (equal > 0) {
            findings.add(new DataFinding(DataFinding.Kind.EQUAL_TIMES, originalIndex(firstEqual), equal));
        }
        if (size > 3) {
            double others = ((double) times[size - 1] - times[0] - longest) / (size - 2);
            if (longest > 10 * others) {
                findings.add(new DataFinding(DataFinding.Kind.GAP, originalIndex(longestAt), 1));
            }
        }
    }

    private static int ascendingPrefix(long[] micros, int n) {
        int i = 1;
        while (i < n && micros[i] >= micros[i - 1]) {
            i++;
        }
        return Math.min(i, n);
    }

    private static boolean isPrefix(int[] kept) {
        return kept.length == 0 || kept[kept.length - 1] == kept.length - 1;
    }

    private static long[] pick(long[] micros, int[] kept) {
        return Arrays.stream(kept).mapToLong(i -> micros[i]).toArray();
    }
}
