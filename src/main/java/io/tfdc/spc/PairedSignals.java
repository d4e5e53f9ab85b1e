package io.tfdc.spc;

/**
 * Indicators of two signals over one window: virtual sensors and the distance to a golden trace. Undefined results are NaN.
 *
 * <p>The second signal is read at the first one's times, straight lines between its samples, no further than its own first and last
 * sample. Times count from each window's first sample, so runs of different start can be compared.
 */
public final class PairedSignals {
    /**
     * One signal within a window.
     *
     * @param micros time stamps in ascending order
     * @param values one per time stamp
     * @param from first sample
     * @param to position after the last
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Signal(long[] micros, double[] values, int from, int to) {
        public Signal {
            if (from < 0 || to < from || to > micros.length || to > values.length) {
                throw new IndexOutOfBoundsException("samples " + from + " to " + to + " of " + values.length);
            }
        }

        long elapsed(int i) {
            return micros[i] - micros[from];
        }
    }

    private PairedSignals() {}

    /** Mean of a - b at the times of a where both are known. */
    public static double meanDelta(Signal a, Signal b) {
        Moments differences = differences(a, b);
        return differences.count() == 0 ? Double.NaN : differences.mean();
    }

    /** Mean of a over mean of b, each over its own finite samples; NaN when that of b is 0. */
    public static double meanRatio(Signal a, Signal b) {
        double below = Moments.of(b.values(), b.from(), b.to()).mean();
        return below == 0
                ? Double.NaN
                : Moments.of(a.values(), a.from(), a.to()).mean() / below;
    }

    /** Root mean square of a - b: distance of a trace from a golden one. */
    public static double rmsDistance(Signal a, Signal b) {
        Moments d = differences(a, b);
        return d.count() == 0 ? Double.NaN : Math.sqrt(d.mean() * d.mean() + d.populationVariance());
    }

    /** Greatest |a - b|. */
    public static double maxDistance(Signal a, Signal b) {
        double greatest = Double.NaN;
        int at = b.from();
        for (int i = a.from(); i < a.to(); i++) {
            at = advance(b, at, a.elapsed(i));
            double difference = Math.abs(a.values()[i] - valueAt(b, at, a.elapsed(i)));
            if (difference <= Double.MAX_VALUE && !(difference <= greatest)) {
                greatest = difference;
            }
        }
        return greatest;
    }

    private static Moments differences(Signal a, Signal b) {
        Moments differences = new Moments();
        int at = b.from();
        for (int i = a.from(); i < a.to(); i++) {
            at = advance(b, at, a.elapsed(i));
            differences.add(a.values()[i] - valueAt(b, at, a.elapsed(i)));
        }
        return differences;
    }

    /** The last sample of b at or before the time, looking from {@code at} on. */
    private static int advance(Signal b, int at, long elapsed) {
        int i = at;
        while (i + 1 < b.to() && b.elapsed(i + 1) <= elapsed) {
            i++;
        }
        return i;
    }

    private static double valueAt(Signal b, int at, long elapsed) {
        if (at >= b.to() || elapsed > b.elapsed(b.to() - 1)) {
            return Double.NaN;
        }
        double here = b.values()[at];
        if (b.elapsed(at) == elapsed) {
            return here;
        }
        double part = (double) (elapsed - b.elapsed(at)) / (b.elapsed(at + 1) - b.elapsed(at));
        return here + part * (b.values()[at + 1] - here);
    }
}
