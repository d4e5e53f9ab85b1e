package io.tfdc.mebo;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Unaligned reads and writes of fixed-width integers in a byte array. */
final class ByteAccess {
    private static final VarHandle LONG_LE =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG_BE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT_LE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT_LE =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private ByteAccess() {}

    static long i64le(byte[] bytes, int at) {
        return (long) LONG_LE.get(bytes, at);
    }

    static long i64be(byte[] bytes, int at) {
        return (long) LONG_BE.get(bytes, at);
    }

    static long i64(byte[] bytes, int at, boolean big) {
        return big ? i64be(bytes, at) : i64le(bytes, at);
    }

    static int i32(byte[] bytes, int at, boolean big) {
        int le = (int) INT_LE.get(bytes, at);
        return big ? Integer.reverseBytes(le) : le;
    }

    static long u32(byte[] bytes, int at, boolean big) {
        return i32(bytes, at, big) & 0xFFFF_FFFFL;
    }

    static int u16(byte[] bytes, int at, boolean big) {
        short le = (short) SHORT_LE.get(bytes, at);
        return (big ? Short.reverseBytes(le) : le) & 0xFFFF;
    }

    static void putI64le(byte[] bytes, int at, long value) {
        LONG_LE.set(bytes, at, value);
    }

    static void putI64(byte[] bytes, int at, long value, boolean big) {
        LONG_LE.set(bytes, at, big ? Long.reverseBytes(value) : value);
    }

    static void putI32(byte[] bytes, int at, int value, boolean big) {
        INT_LE.set(bytes, at, big ? Integer.reverseBytes(value) : value);
    }

    static void putI16(byte[] bytes, int at, int value, boolean big) {
        SHORT_LE.set(bytes, at, big ? Short.reverseBytes((short) value) : (short) value);
    }
}
