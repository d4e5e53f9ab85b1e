package io.tfdc.mebo;

import java.util.Arrays;

/** A growing byte array. */
final class ByteSink {
    private byte[] bytes = new byte[256];
    private int size;

    int size() {
        return size;
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }

    byte[] array() {
        return bytes;
    }

    void u8(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    void u16(int value, boolean big) {
        reserve(2);
        ByteAccess.putI16(bytes, size, value, big);
        size += 2;
    }

    void i32(int value, boolean big) {
        reserve(4);
        ByteAccess.putI32(bytes, size, value, big);
        size += 4;
    }

    void i64(long value, boolean big) {
        reserve(8);
        ByteAccess.putI64(bytes, size, value, big);
        size += 8;
    }

    void all(byte[] source, int from, int length) {
        reserve(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    void all(byte[] source) {
        all(source, 0, source.length);
    }

    void varint(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** The {@code width} low bytes, least significant first. */
    void little(long value, int width) {
        reserve(8);
        ByteAccess.putI64le(bytes, size, value);
        size += width;
    }

    private void reserve(int more) {
        if (more > bytes.length - size) {
            long wanted = Math.max((long) size + more, 2L * bytes.length);
            long most = Integer.MAX_VALUE - 16;
            if ((long) size + more > most) {
                throw new MeboWriteException("a blob of more than " + most + " bytes cannot be written");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, most));
        }
    }
}
