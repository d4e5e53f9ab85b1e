package io.tfdc.storage.codec;

import io.tfdc.storage.StoreException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/**
 * Reads what {@link ByteWriter} wrote. Every length is checked against what is left before anything is allocated; whatever is
 * wrong becomes a {@link StoreException} that isn't retryable and names the row and the offset. Not thread-safe.
 */
final class ByteReader {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle DOUBLE =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] bytes;
    private final Object row;
    private int end;
    private int at;

    /** @param row what the bytes are, for messages; only its text is used */
    ByteReader(byte[] bytes, Object row) {
        this.bytes = bytes;
        this.row = row;
        this.end = bytes.length;
    }

    /** Checks the CRC-32C in the last four bytes and leaves them out of what is read. */
    void verifyChecksum() {
        if (end < 4) {
            throw corrupt(0, "expected at least 4 bytes, found " + end);
        }
        end -= 4;
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, end);
        int stored = (int) INT.get(bytes, end);
        if (stored != (int) crc.getValue()) {
            throw corrupt(end, "checksum mismatch over " + end + " bytes");
        }
    }

    int u8() {
        need(1, "a byte");
        return bytes[at++] & 0xFF;
    }

    /** A count or length of 0 to {@code max}. */
    int count(String what, int max) {
        int from = at;
        long value = varint();
        if (value < 0 || value > max) {
            throw corrupt(from, what + ": expected 0 to " + max + ", found " + Long.toUnsignedString(value));
        }
        return (int) value;
    }

    /** As {@link #count(String, int)} where every counted item takes at least {@code itemBytes} of what is left. */
    int count(String what, int max, int itemBytes) {
        int from = at;
        int value = count(what, max);
        if ((long) value * itemBytes > end - at) {
            throw corrupt(from, what + ": " + value + " items do not fit in " + (end - at) + " bytes left");
        }
        return value;
    }

    long varint() {
        int from = at;
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            need(1, "a variable-length integer");
            byte b = bytes[at++];
            if (shift == 63 && (b & 0xFE) != 0) {
                throw corrupt(from, "variable-length integer exceeds 64 bits");
            }
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw corrupt(from, "variable-length integer exceeds 10 bytes");
    }

    long i64() {
        need(8, "a 64-bit integer");
        long value = (long) LONG.get(bytes, at);
        at += 8;
        return value;
    }

    double f64() {
        need(8, "a number");
        double value = (double) DOUBLE.get(bytes, at);
        at += 8;
        return value;
    }

    double[] doubles(int count) {
        if (count > (end - at) / 8) {
            throw corrupt(at, "expected " + count + " numbers, found " + (end - at) + " bytes");
        }
        double[] values = new double[count];
        ByteBuffer.wrap(bytes, at, count * 8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asDoubleBuffer()
                .get(values);
        at += count * 8;
        return values;
    }

    /** Length-prefixed bytes; returns the offset where they start and moves behind them. */
    int skipBlock(String what, int max) {
        int length = count(what + " length", max, 1);
        int from = at;
        at += length;
        return from;
    }

    byte[] block(String what, int max) {
        int from = skipBlock(what, max);
        return Arrays.copyOfRange(bytes, from, at);
    }

    String text(String what, int maxBytes) {
        int from = skipBlock(what, maxBytes);
        return new String(bytes, from, at - from, StandardCharsets.UTF_8);
    }

    Instant instant(String what) {
        int from = at;
        long zigzag = varint();
        long nanos = varint();
        long seconds = (zigzag >>> 1) ^ -(zigzag & 1);
        if (nanos < 0 || nanos > 999_999_999L) {
            throw corrupt(from, what + ": expected 0 to 999999999 ns, found " + Long.toUnsignedString(nanos));
        }
        return checked(from, () -> Instant.ofEpochSecond(seconds, nanos));
    }

    Map<String, String> labels(String what, int max) {
        int count = count(what, max, 2);
        Map<String, String> labels = new HashMap<>(count * 2);
        for (int i = 0; i < count; i++) {
            labels.put(text(what + " key", 1024), text(what + " value", 4096));
        }
        return labels;
    }

    int offset() {
        return at;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Builds a value whose own checks may refuse what was read from {@code from} on. */
    <T> T checked(int from, Supplier<T> build) {
        try {
            return build.get();
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            throw new StoreException(place(from) + String.valueOf(e.getMessage()), false, e);
        }
    }

    void finish() {
        if (at != end) {
            throw corrupt(at, (end - at) + " bytes left over");
        }
    }

    StoreException corrupt(int offset, String problem) {
        return new StoreException(place(offset) + problem, false);
    }

    private String place(int offset) {
        return "corrupt row " + row + " at byte " + offset + ": ";
    }

    private void need(int count, String what) {
        if (end - at < count) {
            throw corrupt(at, "expected " + what + ", found the end");
        }
    }
}
