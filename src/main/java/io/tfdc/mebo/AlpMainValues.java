package io.tfdc.mebo;

import java.util.Arrays;

/** ALP scheme 0: decimals as packed integers, with exceptions. */
final class AlpMainValues extends ValueDecoder {
    private final byte[] in;
    private final boolean big;
    private final int width;
    private final long min;
    private final double up;
    private final double down;
    private final int codes;
    private final int fastItems;
    private final int[] exceptionPositions;
    private final int exceptionStart;
    private int nextException;
    private int done;

    AlpMainValues(Column column, AlpColumn head, boolean big) {
        this.in = column.bytes();
        this.big = big;
        this.width = head.third();
        this.min = ByteAccess.i64(in, column.from() + 8, big);
        this.up = AlpColumn.power(head.second());
        this.down = AlpColumn.inversePower(head.first());
        this.codes = column.from() + head.codeStart();
        this.fastItems = width == 0 ? 0 : PackedBits.fastItems(codes, in.length, width, column.count());
        this.exceptionPositions = head.exceptionPositions(column, big);
        this.exceptionStart = column.from() + (int) head.exceptionStart(column.count());
    }

    @Override
    void read(double[] out, int to, int n) {
        int stop = done + n;
        int shift = to - done;
        if (width == 0) {
            Arrays.fill(out, to, to + n, ((double) min * up) * down);
        } else {
            int fast = Math.min(stop, fastItems);
            if (width <= 57) {
                readNarrow(out, shift, fast);
            } else {
                readWide(out, shift, fast);
            }
            for (int i = Math.max(done, fast); i < stop; i++) {
                out[shift + i] = ((double) (min + PackedBits.slow(in, codes, width, i)) * up) * down;
            }
        }
        patch(out, shift, stop);
        done = stop;
    }

    @Override
    void checkEnd() {
        // The head was compared with the length of the column before.
    }

    private void readNarrow(double[] out, int shift, int stop) {
        byte[] bytes = in;
        int w = width;
        int start = codes;
        long mask = PackedBits.mask(w);
        long base = min;
        double a = up;
        double b = down;
        long bit = (long) done * w;
        for (int i = done; i < stop; i++) {
            long code = (ByteAccess.i64le(bytes, start + (int) (bit >>> 3)) >>> ((int) bit & 7)) & mask;
            out[shift + i] = ((double) (base + code) * a) * b;
            bit += w;
        }
    }

    private void readWide(double[] out, int shift, int stop) {
        long mask = PackedBits.mask(width);
        for (int i = done; i < stop; i++) {
            long code = PackedBits.wide(in, codes, (long) i * width, mask);
            out[shift + i] = ((double) (min + code) * up) * down;
        }
    }

    private void patch(double[] out, int shift, int stop) {
        while (nextException < exceptionPositions.length && exceptionPositions[nextException] < stop) {
            long bits = ByteAccess.i64(in, exceptionStart + 12 * nextException + 4, big);
            out[shift + exceptionPositions[nextException++]] = Double.longBitsToDouble(bits);
        }
    }
}
