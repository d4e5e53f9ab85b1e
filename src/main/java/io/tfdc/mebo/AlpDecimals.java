package io.tfdc.mebo;

import org.jspecify.annotations.Nullable;

/**
 * Scheme 0 for one column: {@code value = digits * 10^f * 10^-e}.
 *
 * @param e exponent
 * @param f factor
 * @param min least digits of a representable value
 * @param width bits of the greatest difference to {@code min}
 * @param bits size of the column by the rule that compares the schemes
 */
record AlpDecimals(int e, int f, long min, int width, int exceptions, long bits) {
    private static final double TWO_51 = 0x1p51;
    private static final double TOO_LARGE = 9.2e18;

    /** Null if no value at all is representable with the pair of exponents that suits the sample best. */
    static @Nullable AlpDecimals plan(double[] sample, double[] values, int from, int count) {
        int bestE = 0;
        int bestF = 0;
        long bestCost = Long.MAX_VALUE;
        for (int e = 0; e <= AlpColumn.MAX_EXPONENT; e++) {
            for (int f = 0; f <= e; f++) {
                long cost = cost(sample, e, f, bestCost);
                if (cost < bestCost) {
                    bestCost = cost;
                    bestE = e;
                    bestF = f;
                }
            }
        }
        return measure(values, from, count, bestE, bestF);
    }

    void write(double[] values, int from, int count, ByteSink out, boolean big) {
        out.u8(AlpColumn.MAIN);
        out.u8(e);
        out.u8(f);
        out.u8(width);
        out.i32(exceptions, big);
        out.i64(min, big);
        LowBitSink codes = new LowBitSink(out);
        int[] positions = new int[exceptions];
        int found = 0;
        for (int i = 0; i < count; i++) {
            double value = values[from + i];
            if (isExact(value, e, f)) {
                codes.bits(digits(value, e, f) - min, width);
            } else {
                codes.bits(0, width);
                positions[found++] = i;
            }
        }
        codes.finish();
        for (int position : positions) {
            out.i32(position, big);
            out.i64(Double.doubleToRawLongBits(values[from + position]), big);
        }
    }

    /** Cost of the sample; no more than that it is not below {@code toBeat} when exceptions alone exceed that. */
    private static long cost(double[] sample, int e, int f, long toBeat) {
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        int exceptions = 0;
        for (double value : sample) {
            if (isDigits(value, e, f) && restored(digits(value, e, f), e, f) == value) {
                long digits = digits(value, e, f);
                least = Math.min(least, digits);
                most = Math.max(most, digits);
            } else {
                exceptions++;
                if (96L * exceptions >= toBeat) {
                    return toBeat;
                }
            }
        }
        int width = exceptions == sample.length ? 0 : 64 - Long.numberOfLeadingZeros(most - least);
        return (long) sample.length * width + 96L * exceptions;
    }

    private static @Nullable AlpDecimals measure(double[] values, int from, int count, int e, int f) {
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        int exceptions = 0;
        for (int i = from; i < from + count; i++) {
            if (isExact(values[i], e, f)) {
                long digits = digits(values[i], e, f);
                least = Math.min(least, digits);
                most = Math.max(most, digits);
            } else {
                exceptions++;
            }
        }
        if (exceptions == count) {
            return null;
        }
        int width = 64 - Long.numberOfLeadingZeros(most - least);
        return new AlpDecimals(e, f, least, width, exceptions, 120 + (long) count * width + 96L * exceptions);
    }

    private static boolean isExact(double value, int e, int f) {
        return isDigits(value, e, f)
                && Double.doubleToRawLongBits(restored(digits(value, e, f), e, f)) == Double.doubleToRawLongBits(value);
    }

    private static double scaled(double value, int e, int f) {
        return (value * AlpColumn.power(e)) * AlpColumn.inversePower(f);
    }

    private static boolean isDigits(double value, int e, int f) {
        return Math.abs(rounded(scaled(value, e, f))) < TOO_LARGE;
    }

    private static long digits(double value, int e, int f) {
        return (long) rounded(scaled(value, e, f));
    }

    /** To the nearest integer, ties to even below 2^51 and away from zero above. */
    private static double rounded(double scaled) {
        if (Math.abs(scaled) < TWO_51) {
            return Math.rint(scaled);
        }
        double floor = Math.floor(Math.abs(scaled));
        double magnitude = Math.abs(scaled) - floor >= 0.5 ? floor + 1 : floor;
        return Math.copySign(magnitude, scaled);
    }

    private static double restored(long digits, int e, int f) {
        return ((double) digits * AlpColumn.power(f)) * AlpColumn.inversePower(e);
    }
}
