package io.tfdc.mebo;

/** Fixed-width integers packed least significant bit first. */
final class PackedBits {
    private PackedBits() {}

    static long mask(int width) {
        return width == 64 ? -1L : (1L << width) - 1;
    }

    /**
     * How many of the items from 0 on can be read with 9-byte reads that stay inside the array, for the area that
     * starts at {@code start}.
     */
    static int fastItems(int start, int arrayLength, int width, int count) {
        long bits = 8L * ((long) arrayLength - 9 - start);
        return bits < 0 ? 0 : (int) Math.min(count, bits / width + 1);
    }

    /** Item {@code i}, for areas near the end of the array. */
    static long slow(byte[] in, int start, int width, long i) {
        long bit = i * width;
        int at = start + (int) (bit >>> 3);
        int have = 8 - ((int) bit & 7);
        long value = (in[at] & 0xFFL) >>> ((int) bit & 7);
        while (have < width) {
            value |= (in[++at] & 0xFFL) << have;
            have += 8;
        }
        return value & mask(width);
    }

    /** Item at a bit offset; 9 bytes must be readable. */
    static long wide(byte[] in, int start, long bit, long mask) {
        int at = start + (int) (bit >>> 3);
        int shift = (int) bit & 7;
        return ((ByteAccess.i64le(in, at) >>> shift) | ((in[at + 8] & 0xFFL) << 1 << (63 - shift))) & mask;
    }
}
