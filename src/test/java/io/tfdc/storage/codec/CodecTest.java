package io.tfdc.storage.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.model.ChamberId;
import io.tfdc.model.DefenseEvent;
import io.tfdc.model.IndicatorKey;
import io.tfdc.model.IndicatorLayout;
import io.tfdc.model.LimitSet;
import io.tfdc.model.TChart;
import io.tfdc.model.UChart;
import io.tfdc.storage.RandomCharts;
import io.tfdc.storage.StoreException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class CodecTest {
    private static final ChamberId CHAMBER = new ChamberId("ETCH_01", "CH_A");
    private static final int ROUNDS = 200;

    private final LayoutTable layouts = new LayoutTable(100);
    private final UChartCodec uCharts = new UChartCodec(layouts);
    private final LimitSetCodec limitSets = new LimitSetCodec(layouts);

    private static Instant time(Random random) {
        return Instant.ofEpochSecond(random.nextLong(-4_000_000_000L, 8_000_000_000L), random.nextInt(1_000_000_000));
    }

    private static IndicatorLayout layout(Random random) {
        List<IndicatorKey> keys = new ArrayList<>();
        for (int i = random.nextInt(40); i > 0; i--) {
            keys.add(new IndicatorKey("SVÏD " + random.nextInt(1000) + "." + i, "step" + i + "#2", "above(50)"));
        }
        return new IndicatorLayout(keys);
    }

    private static UChart uChart(Random random) {
        return new RandomCharts(random)
                .uChart(
                        CHAMBER,
                        "ctx_" + random.nextInt(),
                        "recipe=Ä, v=" + random.nextInt(9),
                        time(random),
                        layout(random));
    }

    private static LimitSet limitSet(Random random) {
        return new RandomCharts(random).limits(CHAMBER, "g", "etch", 1 + random.nextInt(1000), layout(random));
    }

    private static TChart tChart(Random random) {
        int[] sizes = random.ints(1 + random.nextInt(5), 0, 5000).toArray();
        return new RandomCharts(random).tChart(CHAMBER, "ctx", time(random), random.nextInt(50), sizes);
    }

    @Test
    void uChartsComeBackInBothForms() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            UChart chart = uChart(new Random(seed));
            assertEquals(chart, uCharts.decode(uCharts.encode(chart), "row"), "seed " + seed);
            assertEquals(
                    chart, new UChartCodec(new LayoutTable(1)).decode(uCharts.encode(chart), "row"), "seed " + seed);
            byte[] referring = uCharts.encodeReferring(chart);
            assertEquals(chart, uCharts.decodeReferring(referring, "row").orElseThrow(), "seed " + seed);
            assertTrue(new UChartCodec(new LayoutTable(1))
                    .decodeReferring(referring, "row")
                    .isEmpty());
        }
    }

    @Test
    void equalChartsAreEqualBytes() {
        for (int seed = 0; seed < 20; seed++) {
            assertTrue(Arrays.equals(
                    uCharts.encode(uChart(new Random(seed))),
                    new UChartCodec(new LayoutTable(9)).encode(uChart(new Random(seed)))));
        }
    }

    @Test
    void rowsOfOneLayoutShareIt() {
        RandomCharts random = new RandomCharts(new Random(1));
        byte[] one = uCharts.encode(random.uChart(CHAMBER, "a", "g", Instant.EPOCH, RandomCharts.layout(600)));
        byte[] two = uCharts.encode(random.uChart(CHAMBER, "b", "g", Instant.EPOCH, RandomCharts.layout(600)));
        UChartCodec other = new UChartCodec(new LayoutTable(4));
        assertSame(other.decode(one, "a").layout(), other.decode(two, "b").layout());
        assertTrue(one.length < 11_000, "600 values take " + one.length + " bytes");
    }

    @Test
    void aFullLayoutTableStartsOver() {
        UChartCodec small = new UChartCodec(new LayoutTable(2));
        for (int seed = 0; seed < 50; seed++) {
            UChart chart = uChart(new Random(seed));
            assertEquals(chart, small.decode(small.encode(chart), "row"), "seed " + seed);
        }
    }

    @Test
    void limitSetsComeBack() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            LimitSet limits = limitSet(new Random(seed));
            assertEquals(limits, limitSets.decode(limitSets.encode(limits), "row"), "seed " + seed);
        }
    }

    @Test
    void eventsComeBackAsJson() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            DefenseEvent event = new RandomCharts(random).event(CHAMBER, "ctx", "rule", time(random));
            assertEquals(event, DefenseEventJson.decode(DefenseEventJson.encode(event), "row"), "seed " + seed);
        }
    }

    @Test
    void tChartsAreCutAndJoined() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            TChart chart = tChart(random);
            TChartManifest manifest = TChartManifest.of(chart, 1 + random.nextInt(2000));
            List<byte[]> chunks = manifest.cut(chart.blobs()).stream()
                    .map(chunk -> Arrays.copyOfRange(chunk.blob(), chunk.offset(), chunk.offset() + chunk.length()))
                    .toList();
            assertEquals(manifest.chunkCount(), chunks.size(), "seed " + seed);
            TChartManifest decoded = TChartManifest.decode(manifest.encode(), "row");
            assertEquals(manifest, decoded, "seed " + seed);
            assertTrue(RandomCharts.same(chart, decoded.join(chunks)), "seed " + seed);
        }
    }

    @Test
    void chunksThatDoNotFitTheManifestAreCorrupt() {
        Random random = new Random(3);
        TChart chart = new RandomCharts(random).tChart(CHAMBER, "ctx", Instant.EPOCH, 2, 3000);
        TChartManifest manifest = TChartManifest.of(chart, 1000);
        byte[] part = new byte[1000];
        for (List<byte[]> wrong : List.of(
                List.of(part, part),
                List.of(part, part, part),
                List.of(part, part, new byte[5000]),
                List.of(part, part, new byte[0]),
                List.of(part, part, part, part))) {
            StoreException failure = assertThrows(StoreException.class, () -> manifest.join(wrong));
            assertFalse(failure.retryable());
            assertTrue(failure.getMessage().contains(CHAMBER + ":ctx"), failure.getMessage());
        }
    }

    @Test
    void everyFlippedByteIsNoticed() {
        byte[] chart = uCharts.encode(uChart(new Random(5)));
        byte[] limits = limitSets.encode(limitSet(new Random(5)));
        byte[] manifest = TChartManifest.of(tChart(new Random(5)), 100).encode();
        assertEveryFlipFails(chart, bytes -> uCharts.decode(bytes, "row R"));
        assertEveryFlipFails(limits, bytes -> limitSets.decode(bytes, "row R"));
        assertEveryFlipFails(manifest, bytes -> TChartManifest.decode(bytes, "row R"));
    }

    private static void assertEveryFlipFails(byte[] good, Function<byte[], ?> decode) {
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 0x10;
            StoreException failure = assertThrows(StoreException.class, () -> decode.apply(bad), "byte " + i);
            assertFalse(failure.retryable());
            assertTrue(failure.getMessage().matches("corrupt row row R at byte \\d+: .*"), failure.getMessage());
        }
    }

    @Test
    void damageUnderAValidChecksumFailsAsCorruptOrIsAnotherValue() {
        for (int seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            fuzz(seed, random, uCharts.encode(uChart(random)), bytes -> uCharts.decode(bytes, "row"));
            fuzz(seed, random, limitSets.encode(limitSet(random)), bytes -> limitSets.decode(bytes, "row"));
            fuzz(seed, random, TChartManifest.of(tChart(random), 100).encode(), b -> TChartManifest.decode(b, "row"));
        }
    }

    private static void fuzz(int seed, Random random, byte[] good, Consumer<byte[]> decode) {
        byte[] bad = Arrays.copyOf(good, random.nextInt(3) == 0 ? 4 + random.nextInt(good.length) : good.length);
        for (int i = random.nextInt(4); i >= 0; i--) {
            bad[random.nextInt(bad.length)] = (byte) random.nextInt();
        }
        CRC32C crc = new CRC32C();
        crc.update(bad, 0, bad.length - 4);
        for (int i = 0; i < 4; i++) {
            bad[bad.length - 4 + i] = (byte) (crc.getValue() >>> (8 * i));
        }
        try {
            decode.accept(bad);
        } catch (StoreException e) {
            assertFalse(e.retryable(), "seed " + seed);
        } catch (RuntimeException | OutOfMemoryError e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    @Test
    void damagedReferringRowsFailAsCorruptOrAreAnotherValue() {
        for (int seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = uCharts.encodeReferring(uChart(random));
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            try {
                uCharts.decodeReferring(bytes, "row");
            } catch (StoreException e) {
                assertFalse(e.retryable(), "seed " + seed);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    @Test
    void damagedJsonFailsAsCorruptOrIsAnotherEvent() {
        for (int seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            DefenseEvent event = new RandomCharts(random).event(CHAMBER, "ctx", "rule", time(random));
            byte[] text = DefenseEventJson.encode(event).getBytes(StandardCharsets.UTF_8);
            text[random.nextInt(text.length)] = (byte) (32 + random.nextInt(95));
            try {
                DefenseEventJson.decode(new String(text, StandardCharsets.UTF_8), "row");
            } catch (StoreException e) {
                assertFalse(e.retryable(), "seed " + seed);
                assertTrue(e.getMessage().startsWith("corrupt row row"), e.getMessage());
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }
}
