package io.tfdc.mebo;

/** Writes bit fields most significant bit first into a byte sink. */
final class BitSink {
    private final ByteSink out;

    /** Bits not written yet, in the low {@link #pending} (0..7) bits. */
    private long held;

    private int pending;

    BitSink(ByteSink out) {
        this.out = out;
    }

    /** Writes the {@code width} (1..64) low bits of a value. */
    void bits(long value, int width) {
        if (width > 56) {
            bits(value >>> 32, width - 32);
            bits(value, 32);
            return;
        }
        held = (held << width) | (value & ((1L << width) - 1));
        pending += width;
        while (pending >= 8) {
            pending -= 8;
            out.u8((int) (held >>> pending));
        }
    }

    /** Fills the last byte with zeros. */
    void finish() {
        if (pending > 0) {
            bits(0, 8 - pending);
        }
    }
}
