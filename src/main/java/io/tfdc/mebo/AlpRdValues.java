package io.tfdc.mebo;

/** ALP scheme 1: the left bits of each value through a small dictionary, the right bits packed. */
final class AlpRdValues extends ValueDecoder {
    private final Column column;
    private final byte[] in;
    private final boolean big;
    private final int rightWidth;
    private final int codeWidth;
    private final int dictionarySize;
    private final long[] lefts = new long[8];
    private final int codes;
    private final int rights;
    private final int fastItems;
    private final int[] exceptionPositions;
    private final int exceptionStart;
    private int nextException;
    private int done;

    AlpRdValues(Column column, AlpColumn head, boolean big) {
        this.column = column;
        this.in = column.bytes();
        this.big = big;
        this.rightWidth = head.first();
        this.codeWidth = head.second();
        this.dictionarySize = head.third();
        this.codes = column.from() + head.codeStart();
        this.rights = column.from() + (int) head.rightStart(column.count());
        this.fastItems = Math.min(
                PackedBits.fastItems(codes, in.length, codeWidth, column.count()),
                PackedBits.fastItems(rights, in.length, rightWidth, column.count()));
        this.exceptionPositions = head.exceptionPositions(column, big);
        this.exceptionStart = column.from() + (int) head.exceptionStart(column.count());
        for (int i = 0; i < dictionarySize; i++) {
            lefts[i] = (long) ByteAccess.u16(in, column.from() + AlpColumn.RD_HEAD + 2 * i, big) << rightWidth;
        }
    }

    @Override
    void read(double[] out, int to, int n) {
        int stop = done + n;
        int shift = to - done;
        int fast = Math.min(stop, fastItems);
        long mask = PackedBits.mask(rightWidth);
        int codeMask = (1 << codeWidth) - 1;
        int greatest = 0;
        for (int i = done; i < fast; i++) {
            long right = PackedBits.wide(in, rights, (long) i * rightWidth, mask);
            long bit = (long) i * codeWidth;
            int code = (ByteAccess.u16(in, codes + (int) (bit >>> 3), false) >>> ((int) bit & 7)) & codeMask;
            greatest = Math.max(greatest, code);
            out[shift + i] = Double.longBitsToDouble(lefts[code] | right);
        }
        for (int i = Math.max(done, fast); i < stop; i++) {
            int code = (int) PackedBits.slow(in, codes, codeWidth, i);
            greatest = Math.max(greatest, code);
            out[shift + i] = Double.longBitsToDouble(lefts[code] | PackedBits.slow(in, rights, rightWidth, i));
        }
        if (greatest >= dictionarySize) {
            throw column.fault(codes, "codes below the dictionary size " + dictionarySize, "code " + greatest);
        }
        patch(out, shift, stop, mask);
        done = stop;
    }

    @Override
    void checkEnd() {
        // The head was compared with the length of the column before.
    }

    private void patch(double[] out, int shift, int stop, long mask) {
        while (nextException < exceptionPositions.length && exceptionPositions[nextException] < stop) {
            int i = exceptionPositions[nextException];
            long left = (long) ByteAccess.u16(in, exceptionStart + 6 * nextException + 4, big) << rightWidth;
            long right = PackedBits.slow(in, rights, rightWidth, i) & mask;
            out[shift + i] = Double.longBitsToDouble(left | right);
            nextException++;
        }
    }
}
