package io.tfdc.mebo;

/**
 * Chooses and writes the ALP scheme of a column as the Go library does: decimals as integers if that is without
 * exceptions or no larger than splitting the bit patterns, which in turn is used if no larger than plain values.
 */
final class AlpEncoder {
    private AlpEncoder() {}

    static void encode(double[] values, int from, int count, ByteSink out, boolean big) {
        double[] sample = sample(values, from, count);
        AlpDecimals decimals = AlpDecimals.plan(sample, values, from, count);
        long plain = 64L * count;
        if (decimals != null && decimals.exceptions() == 0 && decimals.bits() <= plain) {
            decimals.write(values, from, count, out, big);
            return;
        }
        AlpSplit split = AlpSplit.plan(sample, values, from, count);
        if (decimals != null && decimals.bits() <= split.bits() && decimals.bits() <= plain) {
            decimals.write(values, from, count, out, big);
        } else if (split.bits() <= plain) {
            split.write(values, from, count, out, big);
        } else {
            out.u8(AlpColumn.RAW);
            for (int i = 0; i < count; i++) {
                out.i64(Double.doubleToRawLongBits(values[from + i]), big);
            }
        }
    }

    private static double[] sample(double[] values, int from, int count) {
        int stride = count > 32 ? count / 32 : 1;
        double[] sample = new double[(count + stride - 1) / stride];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = values[from + i * stride];
        }
        return sample;
    }
}
