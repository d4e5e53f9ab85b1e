package io.tfdc.simulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.mebo.MeboBlob;
import io.tfdc.mebo.MeboLimits;
import io.tfdc.mebo.MetricId;
import io.tfdc.mebo.NumericBlob;
import io.tfdc.model.TChart;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TChartPackerTest {
    private static final FabConfig FAB = FabConfig.standard(11, Instant.parse("2026-01-05T06:00:00Z"));

    @Test
    void everySampleComesBackBitByBit() {
        Fab fab = new Fab(FAB.withFaults(0.3, 0));
        TChartPacker packer = new TChartPacker();
        for (int i = 0; i < 200; i++) {
            SimulatedRun run = fab.next();
            assertSameSamples(run, packer.pack(run));
        }
    }

    @Test
    void theSameRunYieldsTheSameBytes() {
        Fab one = new Fab(FAB);
        Fab other = new Fab(FAB);
        TChartPacker packer = new TChartPacker();
        for (int i = 0; i < 50; i++) {
            List<byte[]> expected = packer.pack(one.next()).blobs();
            List<byte[]> again = packer.pack(other.next()).blobs();
            assertEquals(expected.size(), again.size());
            for (int b = 0; b < expected.size(); b++) {
                assertArrayEquals(expected.get(b), again.get(b));
            }
        }
    }

    @Test
    void aLargeRunIsCutIntoSeveralBlobs() {
        SimulatedRun run = new Fab(FAB.withTools(1).withLoad(60, 10)).next();
        TChart chart = new TChartPacker(TChartPacker.OPTIONS, 16_384).pack(run);
        assertTrue(chart.blobs().size() > 2, () -> chart.blobs().size() + " blobs");
        chart.blobs().forEach(blob -> assertTrue(blob.length <= 16_384, () -> "blob of " + blob.length + " bytes"));
        assertSameSamples(run, chart);
    }

    @Test
    void readingsOfFewDecimalsArePackedSmall() {
        SimulatedRun run = new Fab(FAB.withTools(1).withLoad(100, 15)).next();
        double bytesPerPoint = (double) new TChartPacker().pack(run).blobBytes() / run.points();
        assertTrue(bytesPerPoint < 2, () -> bytesPerPoint + " bytes per point");
    }

    @Test
    void aMissingSvidIsAnnouncedWithoutSamples() {
        Fab fab = new Fab(FAB.withFaults(0.5, 0));
        SimulatedRun run = fab.next();
        while (run.announcedOnly().isEmpty()) {
            run = fab.next();
        }
        TChart chart = new TChartPacker().pack(run);
        String missing = run.announcedOnly().get(0);
        assertTrue(chart.svids().stream().anyMatch(svid -> svid.name().equals(missing)));
        NumericBlob blob = (NumericBlob) MeboBlob.open(chart.blobs().get(0), MeboLimits.DEFAULT);
        assertTrue(blob.find(MetricId.ofName(missing)) < 0);
    }

    @Test
    void aRunWithoutSamplesIsRefused() {
        SimulatedRun run = new Fab(FAB).next();
        SimulatedRun empty = new SimulatedRun(
                run.context(),
                new long[0],
                List.of("A"),
                List.of(""),
                new double[1][0],
                "A",
                List.of(),
                List.of(),
                List.of());
        assertThrows(IllegalArgumentException.class, () -> new TChartPacker().pack(empty));
    }

    private static void assertSameSamples(SimulatedRun run, TChart chart) {
        for (int s = 0; s < run.svids().size(); s++) {
            String svid = run.svids().get(s);
            long[] times = new long[run.samples()];
            double[] values = new double[run.samples()];
            int done = 0;
            for (byte[] bytes : chart.blobs()) {
                NumericBlob blob = (NumericBlob) MeboBlob.open(bytes, MeboLimits.DEFAULT);
                int metric = blob.find(MetricId.ofName(svid));
                blob.decodeTimestamps(metric, times, done);
                done += blob.decodeValues(metric, values, done);
            }
            assertEquals(run.samples(), done, svid);
            assertArrayEquals(run.timesMicros(), times, svid);
            assertArrayEquals(bits(run.values()[s]), bits(values), () -> run + " " + svid);
        }
    }

    private static long[] bits(double[] values) {
        return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
    }
}
