package io.tfdc.strategy;

import java.io.ByteArrayOutputStream;

/** Variable-length integers and doubles of the state's bytes. */
final class StateBytes {
    private StateBytes() {}

    /** Appends. */
    static final class Writer {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream(64);

        /** Seven bits per byte, lowest first. */
        void unsigned(long value) {
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                out.write((int) (rest & 0x7f | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }

        void signed(long value) {
            unsigned((value << 1) ^ (value >> 63));
        }

        void number(double value) {
            long bits = Double.doubleToRawLongBits(value);
            for (int shift = 0; shift < 64; shift += 8) {
                out.write((int) (bits >>> shift) & 0xff);
            }
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }

    /** Reads; anything malformed ends in {@link IllegalStateException}. */
    static final class Reader {
        private final byte[] bytes;
        private int at;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        long unsigned() {
            long value = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                int next = next();
                value |= (long) (next & 0x7f) << shift;
                if (next < 0x80) {
                    return value;
                }
            }
            throw new IllegalStateException("integer longer than 64 bits at byte " + at);
        }

        long signed() {
            long value = unsigned();
            return (value >>> 1) ^ -(value & 1);
        }

        /** A number of things of at least {@code size} bytes each that are still to come. */
        int count(int size) {
            long count = unsigned();
            if (count < 0 || count > (bytes.length - at) / Math.max(1, size)) {
                throw new IllegalStateException("count " + count + " at byte " + at);
            }
            return (int) count;
        }

        double number() {
            long bits = 0;
            for (int shift = 0; shift < 64; shift += 8) {
                bits |= (long) next() << shift;
            }
            return Double.longBitsToDouble(bits);
        }

        boolean isAtEnd() {
            return at == bytes.length;
        }

        private int next() {
            if (at == bytes.length) {
                throw new IllegalStateException("ends after " + at + " bytes");
            }
            return bytes[at++] & 0xff;
        }
    }
}
