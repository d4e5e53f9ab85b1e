package io.tfdc.spc;

import io.tfdc.spc.Statistic.Need;

/**
 * Working memory of {@link IndicatorPlan#evaluate}: the sums over one window. One per thread; it grows to the largest window and is
 * reused, so evaluation allocates nothing.
 */
public final class IndicatorScratch {
    private double[] finiteValues = new double[0];
    private long[] finiteTimes = new long[0];
    private double[] deviations = new double[0];
    private final RankSelect ranks = new RankSelect();
    private boolean ranked;

    long[] ts = finiteTimes;
    double[] x = finiteValues;
    int from;
    int to;
    int skipped;

    double sum;
    double min;
    double max;
    double mean;
    double squares;
    double third;
    double fourth;
    double sumOfSquares;
    double area;
    double holdArea;
    double slope;
    double meanSeconds;
    double serial;
    double maxAbsDelta;

    int count() {
        return to - from;
    }

    double seconds(int i) {
        return (ts[i] - ts[from]) * 1e-6;
    }

    double duration() {
        return count() == 0 ? Double.NaN : seconds(to - 1);
    }

    boolean isConstant() {
        return min == max;
    }

    /** Takes the window and makes the first pass: sum, extremes and, if there is a non-finite sample, a copy without such. */
    void load(long[] times, double[] values, int windowFrom, int windowTo) {
        ts = times;
        x = values;
        from = windowFrom;
        to = windowTo;
        skipped = 0;
        ranked = false;
        firstPass();
        if (!(Math.abs(sum) <= Double.MAX_VALUE)) {
            dropNonFinite();
            firstPass();
        }
        mean = isConstant() ? min : sum / count();
        if (!(Math.abs(mean) <= Double.MAX_VALUE) && count() > 0) {
            mean = scaledMean();
        }
    }

    /** Makes the passes that the needs ask for. */
    void passes(int needs) {
        if ((needs & (Need.SQUARES | Need.FOURTH)) != 0) {
            if (isConstant()) {
                squares = third = fourth = 0;
            } else if ((needs & Need.FOURTH) != 0) {
                powersPass();
            } else {
                squaresPass();
            }
        }
        if ((needs & (Need.AREA | Need.HOLD)) != 0) {
            areaPass();
        }
        if ((needs & Need.TREND) != 0) {
            trendPass();
        }
        if ((needs & Need.SERIAL) != 0) {
            serialPass();
        }
        if ((needs & Need.ROOT_SQUARES) != 0) {
            rootSquaresPass();
        }
    }

    private void firstPass() {
        double even = 0;
        double odd = 0;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        double[] v = x;
        int i = from;
        for (int end = to - 1; i < end; i += 2) {
            double a = v[i];
            double b = v[i + 1];
            even += a;
            odd += b;
            if (a < b) {
                low = a < low ? a : low;
                high = b > high ? b : high;
            } else {
                low = b < low ? b : low;
                high = a > high ? a : high;
            }
        }
        if (i < to) {
            double a = v[i];
            even += a;
            low = a < low ? a : low;
            high = a > high ? a : high;
        }
        sum = even + odd;
        min = low;
        max = high;
    }

    private void dropNonFinite() {
        int n = count();
        if (finiteValues.length < n) {
            finiteValues = new double[n];
            finiteTimes = new long[n];
        }
        int size = 0;
        for (int i = from; i < to; i++) {
            if (Math.abs(x[i]) <= Double.MAX_VALUE) {
                finiteValues[size] = x[i];
                finiteTimes[size++] = ts[i];
            }
        }
        skipped = n - size;
        x = finiteValues;
        ts = finiteTimes;
        from = 0;
        to = size;
    }

    private double scaledMean() {
        double scaled = 0;
        for (int i = from; i < to; i++) {
            scaled += x[i] / count();
        }
        return scaled;
    }

    private void squaresPass() {
        double[] v = x;
        double m = mean;
        double even = 0;
        double odd = 0;
        double evenSquares = 0;
        double oddSquares = 0;
        int i = from;
        for (int end = to - 1; i < end; i += 2) {
            double a = v[i] - m;
            double b = v[i + 1] - m;
            even += a;
            odd += b;
            evenSquares += a * a;
            oddSquares += b * b;
        }
        if (i < to) {
            double a = v[i] - m;
            even += a;
            evenSquares += a * a;
        }
        double rest = even + odd;
        squares = Math.max(0, evenSquares + oddSquares - rest * rest / count());
    }

    private void powersPass() {
        double[] v = x;
        double m = mean;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        for (int i = from; i < to; i++) {
            double d = v[i] - m;
            double dd = d * d;
            s1 += d;
            s2 += dd;
            s3 += dd * d;
            s4 += dd * dd;
        }
        double n = count();
        double e = s1 / n;
        squares = Math.max(0, s2 - s1 * e);
        third = s3 - 3 * e * s2 + 2 * n * e * e * e;
        fourth = s4 - 4 * e * s3 + 6 * e * e * s2 - 3 * n * e * e * e * e;
    }

    private void areaPass() {
        double trapezoids = 0;
        double held = 0;
        for (int i = from + 1; i < to; i++) {
            double dt = (ts[i] - ts[i - 1]) * 1e-6;
            trapezoids += dt * (x[i - 1] + x[i]);
            held += dt * x[i - 1];
        }
        area = trapezoids / 2;
        holdArea = held;
    }

    private void trendPass() {
        long start = ts[from];
        long sumMicros = 0;
        for (int i = from; i < to; i++) {
            sumMicros += ts[i] - start;
        }
        double middle = (double) sumMicros / count();
        double tt = 0;
        double tx = 0;
        double m = mean;
        for (int i = from; i < to; i++) {
            double t = (ts[i] - start) - middle;
            tt += t * t;
            tx += t * (x[i] - m);
        }
        slope = tx / tt * 1e6;
        meanSeconds = middle * 1e-6;
    }

    private void serialPass() {
        double products = 0;
        double greatest = 0;
        double m = mean;
        for (int i = from + 1; i < to; i++) {
            double delta = Math.abs(x[i] - x[i - 1]);
            greatest = delta > greatest ? delta : greatest;
            products += (x[i - 1] - m) * (x[i] - m);
        }
        serial = products;
        maxAbsDelta = greatest;
    }

    private void rootSquaresPass() {
        double total = 0;
        for (int i = from; i < to; i++) {
            total += x[i] * x[i];
        }
        sumOfSquares = total;
    }

    /** Type-7 quantile of the window. */
    double quantile(double p) {
        if (!ranked) {
            ranks.load(x, from, to, min, max);
            ranked = true;
        }
        return ranks.quantile(p);
    }

    /** Median absolute deviation from the median. */
    double mad() {
        double median = quantile(0.5);
        if (deviations.length < count()) {
            deviations = new double[Math.max(count(), 2 * deviations.length)];
        }
        double least = Double.POSITIVE_INFINITY;
        double greatest = 0;
        for (int i = 0; i < count(); i++) {
            double deviation = Math.abs(x[from + i] - median);
            deviations[i] = deviation;
            least = Math.min(least, deviation);
            greatest = Math.max(greatest, deviation);
        }
        ranks.load(deviations, 0, count(), least, greatest);
        ranked = false;
        return ranks.quantile(0.5);
    }
}
