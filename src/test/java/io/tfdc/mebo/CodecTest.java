package io.tfdc.mebo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CodecTest {
    @Test
    void payloadsOfManyShapesComeBack() {
        for (int seed = 0; seed < 200; seed++) {
            byte[] payload = payload(new Random(seed));
            ByteSink sink = new ByteSink();
            sink.all(payload);
            for (Codec codec : Codec.values()) {
                byte[] stored = PayloadWriter.compress(codec, sink, "test");
                assertArrayEquals(payload, inflate(codec, stored), codec + " seed " + seed);
            }
        }
    }

    @Test
    void s2RepeatsAndLongCopiesAreUnderstood() {
        assertText("abababab", Codec.S2, 8, 1 << 2, 'a', 'b', 1 | (2 << 2), 2);
        assertText("abababababab", Codec.S2, 12, 1 << 2, 'a', 'b', 1, 2, 1 | (2 << 2), 0);
        byte[] repeated = inflate(Codec.S2, bytes(0x8D, 1, 0, 'x', 1, 1, 1 | (5 << 2), 0, 128));
        assertEquals("x".repeat(141), text(repeated));
        byte[] far = inflate(Codec.S2, bytes(6, 2 << 2, 'a', 'b', 'c', 3 | (2 << 2), 3, 0, 0, 0));
        assertEquals("abcabc", text(far));
        byte[] sixteen = inflate(Codec.S2, bytes(0xA0, 6, 0, 'y', 1, 1, 1 | (6 << 2), 0, 0xF7, 1, 2 | (31 << 2), 1, 0));
        assertEquals(800, sixteen.length);
    }

    @Test
    void s2FaultsAreRefused() {
        assertBad(Codec.S2, 4, 0, 'a', 1 | (4 << 2), 0);
        assertBad(Codec.S2, 8, 0, 'a', 1, 2);
        assertBad(Codec.S2, 8, 0, 'a', 2, 0, 0);
        assertBad(Codec.S2, 2, 0, 'a');
        assertBad(Codec.S2, 1, 0, 'a', 0, 'b');
        assertBad(Codec.S2, 9, 8 << 2, 'a');
        assertBad(Codec.S2, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1);
        assertBad(Codec.S2, 0xFF);
    }

    @Test
    void lz4FaultsAreRefused() {
        assertText("abcabcabcx", Codec.LZ4, 0x32, 'a', 'b', 'c', 3, 0, 0x10, 'x');
        assertBad(Codec.LZ4, 0x32, 'a', 'b', 'c', 0, 0, 0x10, 'x');
        assertBad(Codec.LZ4, 0x32, 'a', 'b', 'c', 4, 0, 0x10, 'x');
        assertBad(Codec.LZ4, 0x32, 'a', 'b', 'c', 3, 0);
        assertBad(Codec.LZ4, 0x32, 'a', 'b', 'c', 3);
        assertBad(Codec.LZ4, 0x40, 'a');
        assertBad(Codec.LZ4, 0xF0, 255);
    }

    @Test
    void zstdFramesMayFollowEachOtherWithSkippableOnesBetween() {
        byte[] one = ZstdFrames.compress("first ".getBytes(StandardCharsets.UTF_8), 6);
        byte[] two = ZstdFrames.compress(new byte[5000], 5000);
        ByteSink all = new ByteSink();
        all.all(one);
        all.all(bytes(0x53, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 9, 9, 9));
        all.all(two);
        byte[] got = inflate(Codec.ZSTD, all.toArray());
        assertEquals(5006, got.length);
        assertEquals("first ", text(Arrays.copyOf(got, 6)));
    }

    @Test
    void zstdWithoutContentSizeGrowsAsNeeded() {
        byte[] frame = bytes(0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x58, 0x02, 0, 0x10, 7, 0x03, 0, 0x10, 8);
        byte[] got = inflate(Codec.ZSTD, frame);
        assertEquals(2 * 131072, got.length);
        assertEquals(8, got[got.length - 1]);
        assertThrows(
                MeboFormatException.class,
                () -> ZstdFrames.decompress(Span.of(frame), 0, 200_000, MeboSection.STORED_VALUES));
        assertBad(Codec.ZSTD, 0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x58, 0x02, 0, 0x10);
        assertBad(Codec.ZSTD, 1, 2, 3, 4, 5);
    }

    @Test
    void lz4BlocksThatTheReferenceCannotReadAreNotWritten() {
        assertEquals(0, Lz4Block.largestBuffer(33 << 20));
        assertEquals(128 << 20, Lz4Block.largestBuffer(32 << 20));
        assertEquals(100L << 20, Lz4Block.largestBuffer(25 << 20));
        assertTrue(Lz4Block.largestBuffer(1) >= 4);
    }

    private static byte[] payload(Random random) {
        byte[] payload = new byte[1 + random.nextInt(random.nextInt(10) == 0 ? 200_000 : 700)];
        int shape = random.nextInt(4);
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte)
                    switch (shape) {
                        case 0 -> 0;
                        case 1 -> random.nextInt();
                        case 2 -> i % (1 + payload.length / 9);
                        default -> random.nextInt(3) == 0 ? random.nextInt(4) : payload[Math.max(0, i - 13)];
                    };
        }
        return payload;
    }

    private static byte[] inflate(Codec codec, byte[] stored) {
        int limit = MeboLimits.MAX_DECOMPRESSED_BYTES;
        return StoredPayload.decompress(Span.of(stored), 0, stored.length, codec, limit, MeboSection.STORED_VALUES)
                .copy();
    }

    private static void assertText(String want, Codec codec, int... stored) {
        assertEquals(want, text(inflate(codec, bytes(stored))));
    }

    private static void assertBad(Codec codec, int... stored) {
        assertThrows(MeboFormatException.class, () -> inflate(codec, bytes(stored)));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
