package io.tfdc.uchart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.mebo.MetricId;
import io.tfdc.mebo.NumericBlobWriter;
import io.tfdc.mebo.NumericOptions;
import io.tfdc.mebo.TextBlobWriter;
import io.tfdc.mebo.TextOptions;
import io.tfdc.model.ChamberId;
import io.tfdc.model.RunContext;
import io.tfdc.model.Svid;
import io.tfdc.model.TChart;
import io.tfdc.testing.SampleRuns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceReaderTest {
    private static final ChamberId CHAMBER = new ChamberId("ETCH01", "A");
    private final TraceReader reader = new TraceReader(TraceLimits.DEFAULT);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRunReadsBackWithOneTimeAxis(boolean shared) {
        SampleRuns runs = new SampleRuns(5, 100, 4, NumericOptions.DEFAULT.withSharedTimestamps(shared));
        RunTrace trace = reader.read(runs.run(CHAMBER, 7));

        assertEquals(6, trace.svids().size());
        assertEquals(0, trace.stepSeries());
        assertEquals(1, trace.axisCount());
        assertEquals(600, trace.points());
        assertEquals(List.of(), trace.missing());
        for (int s = 0; s < 5; s++) {
            assertArrayEquals(runs.values(7, s, 0), trace.copyValues(s + 1));
            assertSame(trace.times(0), trace.times(s + 1));
        }
        assertArrayEquals(runs.times(runs.context(CHAMBER, 7)), Arrays.copyOf(trace.times(3), 100));
    }

    @Test
    void blobsOfOneRunFollowEachOtherByStartTimeAndMayLackSvids() {
        RunContext context = SampleRuns.small().context(CHAMBER, 1);
        byte[] late = blob(2_000, "a", new long[] {2_000, 3_000}, 3, 4, "b", new long[] {2_500}, 9);
        byte[] early = blob(1_000, "a", new long[] {1_000, 1_500}, 1, 2, null, new long[0]);
        byte[] note = new TextBlobWriter(TextOptions.DEFAULT, 0)
                .add("note", new long[] {1}, List.of(new byte[] {120}), null)
                .finish();
        RunTrace trace = reader.read(new TChart(
                context, List.of(svid("a"), svid("gone"), svid("b"), svid("a")), "gone", List.of(late, note, early)));

        assertEquals(List.of("a", "b"), trace.svids());
        assertArrayEquals(new double[] {1, 2, 3, 4}, trace.copyValues(0));
        assertArrayEquals(new long[] {1_000, 1_500, 2_000, 3_000}, Arrays.copyOf(trace.times(0), 4));
        assertArrayEquals(new double[] {9}, trace.copyValues(1));
        assertEquals(List.of("gone"), trace.missing());
        assertEquals(-1, trace.stepSeries());
    }

    @Test
    void buffersServeRunsOfChangingShape() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            SampleRuns runs = new SampleRuns(
                    1 + random.nextInt(30),
                    1 + random.nextInt(300),
                    1,
                    NumericOptions.DEFAULT.withSharedTimestamps(random.nextBoolean()));
            RunTrace trace = reader.read(runs.run(CHAMBER, i));
            assertEquals(runs.svids() + 1, trace.svids().size(), "seed " + seed);
            for (int s = 0; s < runs.svids(); s++) {
                assertArrayEquals(runs.values(i, s, 0), trace.copyValues(s + 1), "seed " + seed + ", run " + i);
            }
        }
    }

    @Test
    void aDamagedBlobIsNamedWithSectionAndOffset() {
        TChart good = SampleRuns.small().run(CHAMBER, 1);
        byte[] bytes = good.blobs().get(0).clone();
        bytes[1] ^= 0x55;
        TChart bad = new TChart(
                good.context(),
                good.svids(),
                good.stepSvid(),
                List.of(good.blobs().get(0), bytes));

        TraceException refused = assertThrows(TraceException.class, () -> reader.read(bad));
        assertEquals(1, refused.blob());
        assertEquals("header", refused.section());
        assertTrue(refused.getMessage().contains("blob 1: header at offset 0"), refused.getMessage());
    }

    @Test
    void flippedBytesEitherReadOrAreRefusedAsDamagedAndTheReaderGoesOn() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        TChart good = SampleRuns.small().run(CHAMBER, 1);
        int refused = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = good.blobs().get(0).clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                reader.read(new TChart(good.context(), good.svids(), good.stepSvid(), List.of(bytes)));
            } catch (TraceException e) {
                refused++;
                assertTrue(e.offset() >= 0 && !e.section().isEmpty(), "seed " + seed + ": " + e.getMessage());
            }
        }
        assertTrue(refused > 0, "seed " + seed);
        assertEquals(5, reader.read(good).svids().size());
    }

    @Test
    void aRunLargerThanTheLimitsIsRefused() {
        TChart chart = SampleRuns.small().run(CHAMBER, 1);
        assertThrows(TraceException.class, () -> new TraceReader(new TraceLimits(4, 1_000_000)).read(chart));
        TraceException refused =
                assertThrows(TraceException.class, () -> new TraceReader(new TraceLimits(100, 299)).read(chart));
        assertTrue(refused.getMessage().contains("299"), refused.getMessage());
        assertEquals(300, new TraceReader(new TraceLimits(5, 300)).read(chart).points());
    }

    private static Svid svid(String name) {
        return new Svid(MetricId.ofName(name), name, "");
    }

    private static byte[] blob(long start, Object... metrics) {
        NumericBlobWriter writer = new NumericBlobWriter(NumericOptions.DEFAULT, start);
        for (int i = 0; i < metrics.length && metrics[i] != null; ) {
            String name = (String) metrics[i++];
            long[] times = (long[]) metrics[i++];
            List<Integer> values = new ArrayList<>();
            while (i < metrics.length && metrics[i] instanceof Integer value) {
                values.add(value);
                i++;
            }
            writer.add(
                    name,
                    times,
                    values.stream().mapToDouble(Integer::doubleValue).toArray(),
                    0,
                    times.length);
        }
        return writer.finish();
    }
}
