package io.tfdc.storage.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32C;

/** Appends numbers and texts to a growing array: little endian, unsigned LEB128 variable-length integers. Not thread-safe. */
final class ByteWriter {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle DOUBLE =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes;
    private int size;

    ByteWriter(int capacity) {
        bytes = new byte[capacity];
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** Appends the CRC-32C of everything written so far and returns the whole. */
    byte[] toCheckedBytes() {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, size);
        room(4);
        INT.set(bytes, size, (int) crc.getValue());
        size += 4;
        return toBytes();
    }

    void u8(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    void varint(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    void i64(long value) {
        room(8);
        LONG.set(bytes, size, value);
        size += 8;
    }

    void f64(double value) {
        room(8);
        DOUBLE.set(bytes, size, value);
        size += 8;
    }

    void doubles(double[] values) {
        room(values.length * 8);
        for (double value : values) {
            DOUBLE.set(bytes, size, value);
            size += 8;
        }
    }

    void raw(byte[] source, int from, int length) {
        room(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    void block(byte[] source) {
        varint(source.length);
        raw(source, 0, source.length);
    }

    void text(String value) {
        block(value.getBytes(StandardCharsets.UTF_8));
    }

    void instant(Instant value) {
        long seconds = value.getEpochSecond();
        varint((seconds << 1) ^ (seconds >> 63));
        varint(value.getNano());
    }

    /** Entries in key order, so that equal maps are equal bytes. */
    void labels(Map<String, String> labels) {
        varint(labels.size());
        labels.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            text(entry.getKey());
            text(entry.getValue());
        });
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
