package io.tfdc.mebo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Each check of a reader, by damaging a good blob in exactly one place. */
class HostileBlobTest {
    private static final NumericOptions PLAIN = NumericOptions.DEFAULT;
    private static final int INDEX = 32;

    @Test
    void headerFieldsAreChecked() {
        assertRefused(MeboSection.HEADER, 0, Arrays.copyOf(blob(PLAIN), 31));
        assertRefused(MeboSection.HEADER, 0, new byte[0]);
        assertRefused(MeboSection.HEADER, 0, damaged(PLAIN, b -> b[1] = 0x11));
        assertRefused(MeboSection.HEADER, 2, damaged(PLAIN, b -> b[2] = 0x33));
        assertRefused(MeboSection.HEADER, 2, damaged(PLAIN, b -> b[2] = 0x22));
        assertRefused(MeboSection.HEADER, 3, damaged(PLAIN, b -> b[3] = 0x10));
        assertRefused(MeboSection.HEADER, 3, damaged(PLAIN, b -> b[3] = 0x51));
        assertRefused(MeboSection.HEADER, 16, damaged(PLAIN, b -> b[16] = 33));
        assertRefused(MeboSection.HEADER, 20, damaged(PLAIN, b -> ByteAccess.putI32(b, 20, -1, false)));
        assertRefused(MeboSection.HEADER, 24, damaged(PLAIN, b -> ByteAccess.putI32(b, 24, 40, false)));
        assertRefused(MeboSection.HEADER, 28, damaged(PLAIN, b -> ByteAccess.putI32(b, 28, b.length + 1, false)));
        assertRefused(MeboSection.INDEX, INDEX, damaged(PLAIN, b -> ByteAccess.putI32(b, 12, -1, false)));
    }

    @Test
    void indexEntriesAreChecked() {
        NumericOptions v2 = PLAIN.withVersion2(true);
        assertRefused(MeboSection.INDEX, INDEX, damaged(PLAIN, b -> b[INDEX + 10] = 1));
        assertRefused(MeboSection.INDEX, INDEX + 16, damaged(PLAIN, b -> ByteAccess.putI16(b, INDEX + 28, -1, false)));
        assertRefused(MeboSection.INDEX, INDEX + 16, damaged(v2, b -> b[INDEX] = 9));
        assertRefused(MeboSection.TIMESTAMP_COLUMN, 0, damaged(PLAIN, b -> ByteAccess.putI16(b, INDEX + 8, -1, false)));
        assertRefused(MeboSection.TIMESTAMP_COLUMN, 0, damaged(PLAIN, b -> ByteAccess.putI16(b, INDEX + 8, 0, false)));
    }

    @Test
    void everyCutAndEveryExtraByteIsRefused() {
        for (NumericOptions options : allPlain()) {
            byte[] blob = blob(options);
            for (int n = 0; n < blob.length; n++) {
                byte[] cut = Arrays.copyOf(blob, n);
                assertThrows(MeboFormatException.class, () -> decode(cut), options + " cut to " + n);
            }
        }
    }

    @Test
    void aColumnOneItemShortOrLongIsRefused() {
        for (NumericOptions options : allPlain()) {
            for (int change : new int[] {-1, 1}) {
                byte[] blob = damaged(options, b -> b[INDEX + 8] += (byte) change);
                assertThrows(MeboFormatException.class, () -> decode(blob), options + " count " + change);
            }
        }
    }

    @Test
    void sharedTablesAreChecked() {
        NumericOptions shared = PLAIN.withSharedTimestamps(true);
        int table = INDEX + 2 * 16;
        assertRefused(MeboSection.SHARED_TIMESTAMP_TABLE, table, damaged(shared, b -> b[table] = 0));
        assertRefused(MeboSection.SHARED_TIMESTAMP_TABLE, table + 8, damaged(shared, b -> b[table] = 2));
        assertRefused(MeboSection.SHARED_TIMESTAMP_TABLE, table + 2, damaged(shared, b -> b[table + 2] = 2));
        assertRefused(MeboSection.SHARED_TIMESTAMP_TABLE, table + 6, damaged(shared, b -> b[table + 6] = 0));
        assertRefused(MeboSection.SHARED_TIMESTAMP_TABLE, table + 6, damaged(shared, b -> b[table + 4] = 0));
        assertRefused(MeboSection.SHARED_TIMESTAMP_TABLE, table, damaged(PLAIN, b -> {
            b[0] |= 8;
        }));
    }

    @Test
    void aMetricMayShareTheBeginningOfALongerTimestampColumn() {
        for (TimestampEncoding encoding : TimestampEncoding.values()) {
            byte[] blob = blob(PLAIN.withEncodings(encoding, ValueEncoding.RAW).withSharedTimestamps(true));
            blob[INDEX + 24] = 11;
            ByteAccess.putI32(blob, 28, blob.length - 9 * 8, false);
            NumericBlob opened = (NumericBlob) MeboBlob.open(blob, MeboLimits.DEFAULT);
            long[] times = Decoded.numeric(opened, 0).times();
            assertArrayEquals(
                    Arrays.copyOf(times, 11), Decoded.numeric(opened, 1).times(), encoding.toString());
        }
    }

    @Test
    void claimedPointsAllocateNothing() {
        double[] zeros = new double[70_000];
        long[] times = new RandomMetrics(new java.util.Random(1)).times(zeros.length);
        byte[] blob = new NumericBlobWriter(PLAIN.withVersion2(true), 0)
                .add(1, times, zeros, 0, zeros.length)
                .finish();
        assertEquals((byte) 0x30, (byte) (blob[0] & 0xF0));
        ByteAccess.putI32(blob, INDEX + 8, -1, false);
        assertCheaplyRefused(blob);
    }

    @Test
    void compressedBombsAreRefusedWithoutTheirOutput() {
        ByteSink s2 = new ByteSink();
        s2.varint(127 << 20);
        s2.all(new byte[] {0, 0});
        assertCheaplyRefused(withTimestamps(Codec.S2, s2.toArray()));
        byte[] zstd = ZstdFrames.compress(new byte[300], 300);
        ByteAccess.putI32(zstd, 5, 0x7FFF_FFF0, false);
        assertCheaplyRefused(withTimestamps(Codec.ZSTD, zstd));
        byte[] lz4 = new byte[600_000];
        Arrays.fill(lz4, (byte) -1);
        lz4[0] = 0x1F;
        lz4[1] = 0;
        lz4[2] = 1;
        lz4[3] = 0;
        assertCheaplyRefused(withTimestamps(Codec.LZ4, lz4));
    }

    @Test
    void callersLimitsHold() {
        byte[] blob = blob(PLAIN);
        MeboBlob.open(blob, new MeboLimits(1, 20, 40));
        assertThrows(MeboFormatException.class, () -> MeboBlob.open(blob, new MeboLimits(1, 19, 40)));
        assertThrows(MeboFormatException.class, () -> MeboBlob.open(blob, new MeboLimits(1, 20, 39)));
        byte[] packed = blob(PLAIN.withCodecs(Codec.ZSTD, Codec.S2));
        assertThrows(MeboFormatException.class, () -> MeboBlob.open(packed, new MeboLimits(30, 20, 40)));
        MeboBlob.open(packed, new MeboLimits(1000, 20, 40));
    }

    @Test
    void textRowsAreChecked() {
        byte[] good = new TextBlobWriter(
                        new TextOptions(TimestampEncoding.RAW, Codec.NONE, java.nio.ByteOrder.LITTLE_ENDIAN, false), 0)
                .add(7, new long[] {1, 2}, List.of(new byte[3], new byte[2]), null)
                .finish();
        decode(good);
        assertRefused(MeboSection.TEXT_COLUMN, 0, with(good, 48, 7));
        assertRefused(MeboSection.TEXT_COLUMN, 10, with(good, 57, 250));
        assertRefused(MeboSection.HEADER, 0, with(good, 0, good[0] | 8));
        assertRefused(MeboSection.HEADER, 2, with(good, 2, 5));
        assertRefused(MeboSection.HEADER, 24, with(good, 24, good[24] + 1));
        assertRefused(MeboSection.INDEX, 40, with(good, 40, 3));
        assertRefused(MeboSection.INDEX, 44, with(good, 44, 1));
    }

    private static List<NumericOptions> allPlain() {
        java.util.ArrayList<NumericOptions> all = new java.util.ArrayList<>();
        for (TimestampEncoding timestamps : TimestampEncoding.values()) {
            for (ValueEncoding values : ValueEncoding.values()) {
                all.add(PLAIN.withEncodings(timestamps, values));
                all.add(PLAIN.withEncodings(timestamps, values).withSharedTimestamps(true));
            }
        }
        return all;
    }

    /** Two metrics, 1 and 2, of 20 points each at equal times. */
    private static byte[] blob(NumericOptions options) {
        long[] times = new long[20];
        double[] values = new double[20];
        for (int i = 0; i < 20; i++) {
            times[i] = 1_000_000L * i + i % 3;
            values[i] = 20 + i * 1.37 % 1;
        }
        return new NumericBlobWriter(options, 0)
                .add(1, times, values, 0, 20)
                .add(2, times, values, 0, 20)
                .finish();
    }

    /** A blob of one metric with a point, whose stored timestamps are replaced. */
    private static byte[] withTimestamps(Codec codec, byte[] stored) {
        byte[] head = new NumericBlobWriter(PLAIN, 0)
                .add(1, new long[1], new double[1], 0, 1)
                .finish();
        byte[] blob = Arrays.copyOf(head, 48 + stored.length + 8);
        System.arraycopy(stored, 0, blob, 48, stored.length);
        blob[3] = (byte) (0x10 | codec.code());
        ByteAccess.putI32(blob, 24, 48 + stored.length, false);
        ByteAccess.putI32(blob, 28, blob.length, false);
        return blob;
    }

    private static byte[] damaged(NumericOptions options, Consumer<byte[]> damage) {
        byte[] blob = blob(options);
        damage.accept(blob);
        return blob;
    }

    private static byte[] with(byte[] good, int at, int value) {
        byte[] blob = good.clone();
        blob[at] = (byte) value;
        return blob;
    }

    private static void decode(byte[] blob) {
        Decoded.all(MeboBlob.open(blob, MeboLimits.DEFAULT));
    }

    private static void assertRefused(MeboSection section, int offset, byte[] blob) {
        MeboFormatException refused = assertThrows(MeboFormatException.class, () -> decode(blob));
        assertEquals(section, refused.section(), refused::toString);
        assertEquals(offset, refused.offset(), refused::toString);
    }

    private static void assertCheaplyRefused(byte[] blob) {
        com.sun.management.ThreadMXBean memory = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = memory.getCurrentThreadAllocatedBytes();
        assertThrows(MeboFormatException.class, () -> MeboBlob.open(blob, MeboLimits.DEFAULT));
        long allocated = memory.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < 4 << 20, allocated + " bytes");
    }
}
