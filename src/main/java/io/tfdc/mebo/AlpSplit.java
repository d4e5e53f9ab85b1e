package io.tfdc.mebo;

import java.util.Arrays;

/**
 * Scheme 1 for one column: bit patterns split into a left part from a dictionary and a right part.
 *
 * @param right width of the right part
 * @param dictionary up to eight left parts, the most frequent first
 * @param bits size of the column by the rule that compares the schemes
 */
record AlpSplit(int right, int[] dictionary, int exceptions, long bits) {
    private static final int MOST_ENTRIES = 8;
    private static final int MOST_LEFT_BITS = 16;

    static AlpSplit plan(double[] sample, double[] values, int from, int count) {
        int bestRight = 0;
        long bestCost = Long.MAX_VALUE;
        for (int left = 1; left <= MOST_LEFT_BITS; left++) {
            long cost = build(sample, 0, sample.length, 64 - left).bits();
            if (cost < bestCost) {
                bestCost = cost;
                bestRight = 64 - left;
            }
        }
        return build(values, from, count, bestRight);
    }

    void write(double[] values, int from, int count, ByteSink out, boolean big) {
        out.u8(AlpColumn.RD);
        out.u8(right);
        out.u8(codeWidth(dictionary.length));
        out.u8(dictionary.length);
        out.i32(exceptions, big);
        for (int left : dictionary) {
            out.u16(left, big);
        }
        int[] positions = writeCodes(values, from, count, out);
        LowBitSink rights = new LowBitSink(out);
        for (int i = 0; i < count; i++) {
            rights.bits(Double.doubleToRawLongBits(values[from + i]), right);
        }
        rights.finish();
        for (int position : positions) {
            out.i32(position, big);
            out.u16(left(values[from + position]), big);
        }
    }

    private int[] writeCodes(double[] values, int from, int count, ByteSink out) {
        int[] positions = new int[exceptions];
        int found = 0;
        int width = codeWidth(dictionary.length);
        LowBitSink codes = new LowBitSink(out);
        for (int i = 0; i < count; i++) {
            int code = code(left(values[from + i]));
            if (code < 0) {
                positions[found++] = i;
            }
            codes.bits(Math.max(code, 0), width);
        }
        codes.finish();
        return positions;
    }

    private int left(double value) {
        return (int) (Double.doubleToRawLongBits(value) >>> right);
    }

    private int code(int left) {
        for (int i = 0; i < dictionary.length; i++) {
            if (dictionary[i] == left) {
                return i;
            }
        }
        return -1;
    }

    private static AlpSplit build(double[] values, int from, int count, int right) {
        int[] lefts = new int[count];
        for (int i = 0; i < count; i++) {
            lefts[i] = (int) (Double.doubleToRawLongBits(values[from + i]) >>> right);
        }
        Arrays.sort(lefts);
        int[] entries = new int[MOST_ENTRIES];
        int[] frequencies = new int[MOST_ENTRIES];
        int size = 0;
        for (int start = 0; start < count; ) {
            int stop = start + 1;
            while (stop < count && lefts[stop] == lefts[start]) {
                stop++;
            }
            size = rank(entries, frequencies, size, lefts[start], stop - start);
            start = stop;
        }
        int exceptions = count - Arrays.stream(frequencies, 0, size).sum();
        long bits = 56 + 16L * size + (long) count * codeWidth(size) + (long) count * right + 48L * exceptions;
        return new AlpSplit(right, Arrays.copyOf(entries, size), exceptions, bits);
    }

    /**
     * Puts a left part, which is greater than all before, behind those at least as frequent; returns the new number of
     * entries.
     */
    private static int rank(int[] entries, int[] frequencies, int size, int left, int frequency) {
        int at = size;
        while (at > 0 && frequencies[at - 1] < frequency) {
            at--;
        }
        if (at == MOST_ENTRIES) {
            return size;
        }
        int moved = Math.min(size, MOST_ENTRIES - 1) - at;
        System.arraycopy(entries, at, entries, at + 1, moved);
        System.arraycopy(frequencies, at, frequencies, at + 1, moved);
        entries[at] = left;
        frequencies[at] = frequency;
        return Math.min(size + 1, MOST_ENTRIES);
    }

    private static int codeWidth(int entries) {
        return entries <= 2 ? 1 : 32 - Integer.numberOfLeadingZeros(entries - 1);
    }
}
