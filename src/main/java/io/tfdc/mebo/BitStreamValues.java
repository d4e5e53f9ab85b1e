package io.tfdc.mebo;

import java.util.Arrays;

/**
 * Values as one bit stream per column, most significant bit first: the first value is plain, later ones code the
 * exclusive-or with the value before.
 *
 * <p>Subclasses read whole words without asking for the end of the column. That is safe up to {@link #lastStart}; the
 * rest of the column is then moved into a small buffer with zeros behind it, and a value that ends behind {@link
 * #limit} is a fault.
 */
abstract sealed class BitStreamValues extends ValueDecoder permits GorillaValues, ChimpValues {
    /** More than the longest code (77 bits) and the two words that may be read for it. */
    private static final int MARGIN = 24;

    private final Column column;
    private boolean started;
    private boolean inTail;
    private int done;

    /** Added to a byte position in {@link #buffer} gives one in the column's array. */
    private int bias;

    byte[] buffer;

    /** Bit position in {@link #buffer}. */
    long position;

    /** Greatest position at which a value may start, and the position no value may end behind. */
    long lastStart;

    long limit;

    /** The value before. */
    long bits;

    BitStreamValues(Column column) {
        this.column = column;
        this.buffer = column.bytes();
        this.position = 8L * column.from();
        this.lastStart = 8L * (column.to() - MARGIN);
        this.limit = 8L * column.to();
    }

    @Override
    final void read(double[] out, int to, int n) {
        int stop = to + n;
        int i = to;
        if (!started && n > 0) {
            if (column.length() < 8) {
                throw column.ended(column.to(), 0);
            }
            bits = ByteAccess.i64be(buffer, column.from());
            position += 64;
            out[i++] = Double.longBitsToDouble(bits);
            started = true;
        }
        i = run(out, i, stop);
        if (i < stop && !inTail) {
            enterTail();
            i = run(out, i, stop);
        }
        if (i < stop) {
            throw column.ended(column.to(), done + i - to);
        }
        done += n;
    }

    /** Decodes until {@code stop}, or until a value would start behind {@link #lastStart}; returns where it stopped. */
    abstract int run(double[] out, int from, int stop);

    @Override
    final void checkEnd() {
        column.checkEnd(bias + ((position + 7) >>> 3));
    }

    final MeboFormatException fault(long bit, String expected, String found) {
        return column.fault(bias + (bit >>> 3), expected, found);
    }

    final MeboFormatException overrun() {
        return column.fault(column.to(), "the rest of a value", "the end of the column");
    }

    private void enterTail() {
        int at = (int) (position >>> 3);
        int remaining = column.to() - at;
        buffer = Arrays.copyOf(Arrays.copyOfRange(buffer, at, column.to()), remaining + MARGIN);
        bias = at;
        position -= 8L * at;
        limit = 8L * remaining;
        lastStart = limit - 1;
        inTail = true;
    }

    /** The 64 bits that start at a bit position. */
    static long word(byte[] in, long position) {
        int at = (int) (position >>> 3);
        int shift = (int) position & 7;
        return (ByteAccess.i64be(in, at) << shift) | ((in[at + 8] & 0xFF) >>> (8 - shift));
    }
}
