package io.tfdc.spc;

/**
 * Count, mean and central moments up to the fourth of a stream of values, one pass, mergeable: parts of a trace computed apart and
 * merged give what the whole gives.
 *
 * <p>Update and merge after Welford (1962), Chan, Golub and LeVeque (1979) and Pebay (SAND2008-6212). Values that are not finite are
 * left out and counted. Not thread-safe.
 */
public final class Moments {
    private long n;
    private long skipped;
    private double mean;
    private double m2;
    private double m3;
    private double m4;

    /** Moments of the samples {@code from} (inclusive) to {@code to} by the corrected two-pass method, the most exact one. */
    public static Moments of(double[] values, int from, int to) {
        Moments moments = new Moments();
        double sum = 0;
        for (int i = from; i < to; i++) {
            if (Double.isFinite(values[i])) {
                sum += values[i];
                moments.n++;
            }
        }
        moments.skipped = to - from - moments.n;
        if (moments.n > 0) {
            moments.mean = sum / moments.n;
            moments.secondPass(values, from, to);
        }
        return moments;
    }

    public static Moments of(double[] values) {
        return of(values, 0, values.length);
    }

    /** Adds one value; a value that is not finite is only counted. */
    public void add(double x) {
        if (!Double.isFinite(x)) {
            skipped++;
            return;
        }
        n++;
        double delta = x - mean;
        double deltaN = delta / n;
        double term = delta * deltaN * (n - 1);
        m4 += term * deltaN * deltaN * ((double) n * n - 3.0 * n + 3) + 6 * deltaN * deltaN * m2 - 4 * deltaN * m3;
        m3 += term * deltaN * (n - 2) - 3 * deltaN * m2;
        m2 += term;
        mean += deltaN;
    }

    /** Takes in the values of another; the other stays as it is. */
    public void merge(Moments other) {
        skipped += other.skipped;
        if (other.n == 0) {
            return;
        }
        if (n == 0) {
            n = other.n;
            mean = other.mean;
            m2 = other.m2;
            m3 = other.m3;
            m4 = other.m4;
            return;
        }
        double a = n;
        double b = other.n;
        double total = a + b;
        double delta = other.mean - mean;
        double d2 = delta * delta;
        double mergedM4 = m4
                + other.m4
                + d2 * d2 * a * b * (a * a - a * b + b * b) / (total * total * total)
                + 6 * d2 * (a * a * other.m2 + b * b * m2) / (total * total)
                + 4 * delta * (a * other.m3 - b * m3) / total;
        double mergedM3 = m3
                + other.m3
                + delta * d2 * a * b * (a - b) / (total * total)
                + 3 * delta * (a * other.m2 - b * m2) / total;
        m2 += other.m2 + d2 * a * b / total;
        m3 = mergedM3;
        m4 = mergedM4;
        mean += delta * b / total;
        n += other.n;
    }

    /** Number of finite values. */
    public long count() {
        return n;
    }

    /** Number of values left out because they were not finite. */
    public long skipped() {
        return skipped;
    }

    /** NaN without values. */
    public double mean() {
        return n == 0 ? Double.NaN : mean;
    }

    /** Sum of squared deviations from the mean. */
    public double sumOfSquares() {
        return m2;
    }

    /** Sample variance (n-1); NaN below two values. */
    public double variance() {
        return n < 2 ? Double.NaN : m2 / (n - 1);
    }

    /** Sample standard deviation (n-1); NaN below two values. */
    public double std() {
        return Math.sqrt(variance());
    }

    /** Population variance (n); NaN without values. */
    public double populationVariance() {
        return n == 0 ? Double.NaN : m2 / n;
    }

    public double populationStd() {
        return Math.sqrt(populationVariance());
    }

    /** Skewness of type 1 (g1), 2 (G1, as Excel) or 3 (b1); NaN below three values or without variance. */
    public double skewness(int type) {
        if (n < 3 || m2 == 0) {
            return Double.NaN;
        }
        double g1 = Math.sqrt((double) n) * m3 / (m2 * Math.sqrt(m2));
        return switch (type) {
            case 1 -> g1;
            case 2 -> skewness((double) n, m2, m3);
            case 3 -> g1 * Math.pow((n - 1.0) / n, 1.5);
            default -> throw unknownType(type);
        };
    }

    /** Excess kurtosis of type 1 (g2), 2 (G2, as Excel) or 3 (b2); NaN below four values or without variance. */
    public double kurtosis(int type) {
        if (n < 4 || m2 == 0) {
            return Double.NaN;
        }
        double g2 = n * m4 / (m2 * m2) - 3;
        double shrink = 1 - 1.0 / n;
        return switch (type) {
            case 1 -> g2;
            case 2 -> kurtosis((double) n, m2, m4);
            case 3 -> (g2 + 3) * shrink * shrink - 3;
            default -> throw unknownType(type);
        };
    }

    static double skewness(double n, double m2, double m3) {
        double g1 = Math.sqrt(n) * m3 / (m2 * Math.sqrt(m2));
        return g1 * Math.sqrt(n * (n - 1)) / (n - 2);
    }

    static double kurtosis(double n, double m2, double m4) {
        double g2 = n * m4 / (m2 * m2) - 3;
        return ((n + 1) * g2 + 6) * (n - 1) / ((n - 2) * (n - 3));
    }

    private void secondPass(double[] values, int from, int to) {
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            if (Double.isFinite(values[i])) {
                double d = values[i] - mean;
                s1 += d;
                s2 += d * d;
                s3 += d * d * d;
                s4 += d * d * d * d;
                least = Math.min(least, values[i]);
                greatest = Math.max(greatest, values[i]);
            }
        }
        if (least == greatest) {
            mean = least;
            return;
        }
        double e = s1 / n;
        mean += e;
        m2 = Math.max(0, s2 - s1 * e);
        m3 = s3 - 3 * e * s2 + 2 * n * e * e * e;
        m4 = s4 - 4 * e * s3 + 6 * e * e * s2 - 3 * n * e * e * e * e;
    }

    private static IllegalArgumentException unknownType(int type) {
        return new IllegalArgumentException("type " + type + ": expected 1, 2 or 3");
    }
}
