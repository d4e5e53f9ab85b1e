package io.tfdc.mebo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RoundTripTest {
    private static final long SEED = 20261121;

    @Test
    void everyCombinationOfOptionsKeepsRandomMetricsToTheBit() {
        int round = 0;
        for (TimestampEncoding timestamps : TimestampEncoding.values()) {
            for (ValueEncoding values : ValueEncoding.values()) {
                for (Codec codec : Codec.values()) {
                    for (int flags = 0; flags < 16; flags++) {
                        NumericOptions options = new NumericOptions(
                                timestamps,
                                values,
                                codec,
                                Codec.values()[(codec.ordinal() + flags) & 3],
                                (flags & 1) == 0 ? java.nio.ByteOrder.LITTLE_ENDIAN : java.nio.ByteOrder.BIG_ENDIAN,
                                (flags & 2) != 0,
                                (flags & 4) != 0,
                                (flags & 8) != 0);
                        assertRoundTrip(options, SEED + round++);
                    }
                }
            }
        }
    }

    @Test
    void textKeepsRandomRowsToTheByte() {
        for (int round = 0; round < 300; round++) {
            long seed = SEED + round;
            Random random = new Random(seed);
            RandomMetrics metrics = new RandomMetrics(random);
            boolean tags = random.nextBoolean();
            TextOptions options = new TextOptions(
                    round % 2 == 0 ? TimestampEncoding.RAW : TimestampEncoding.DELTA,
                    metrics.one(Codec.values()),
                    random.nextBoolean() ? java.nio.ByteOrder.BIG_ENDIAN : java.nio.ByteOrder.LITTLE_ENDIAN,
                    tags);
            int count = metrics.count();
            long[] times = metrics.times(count);
            List<byte[]> values = metrics.texts(count);
            List<byte[]> tagList = tags ? metrics.texts(count) : null;
            byte[] bytes = new TextBlobWriter(options, random.nextLong())
                    .add("état", times, values, tagList)
                    .finish();
            TextBlob blob = (TextBlob) MeboBlob.open(bytes, MeboLimits.DEFAULT);
            assertEquals(0, blob.find("état"));
            Decoded got = Decoded.text(blob, 0);
            assertArrayEquals(times, got.times(), "seed " + seed);
            GoldenExpectation.assertStrings(values, got.text(), "seed " + seed);
            if (tagList != null) {
                GoldenExpectation.assertStrings(tagList, got.tags(), "seed " + seed);
            }
        }
    }

    private static void assertRoundTrip(NumericOptions options, long seed) {
        String where = options + " seed " + seed;
        Random random = new Random(seed);
        RandomMetrics shapes = new RandomMetrics(random);
        List<Decoded> want = new ArrayList<>();
        NumericBlobWriter writer = new NumericBlobWriter(options, seed);
        int count = 0;
        long[] times = {};
        for (int m = 0; m < 1 + random.nextInt(6); m++) {
            if (m == 0 || random.nextBoolean()) {
                count = shapes.count();
                times = shapes.times(count);
            }
            double[] values = shapes.values(count);
            byte[][] tags = options.tags() ? shapes.tags(count) : null;
            long id = random.nextLong() | 1;
            writer.add(id, times, values, 0, count, tags);
            want.add(new Decoded(
                    true, id, null, times, Decoded.bits(values), List.of(), tags == null ? List.of() : List.of(tags)));
        }
        NumericBlob blob = (NumericBlob) MeboBlob.open(writer.finish(), MeboLimits.DEFAULT);
        for (Decoded metric : want) {
            assertMetric(blob, metric, where);
        }
    }

    private static void assertMetric(NumericBlob blob, Decoded want, String where) {
        int position = blob.find(want.id());
        Decoded got = Decoded.numeric(blob, position);
        assertArrayEquals(want.times(), got.times(), where);
        assertArrayEquals(want.valueBits(), got.valueBits(), where);
        if (blob.hasTags()) {
            GoldenExpectation.assertStrings(want.tags(), got.tags(), where);
        }
        int[] done = {0};
        blob.forEach(position, (time, value) -> {
            assertEquals(want.times()[done[0]], time, where);
            assertEquals(want.valueBits()[done[0]++], Double.doubleToRawLongBits(value), where);
        });
        assertEquals(want.times().length, done[0], where);
    }
}
