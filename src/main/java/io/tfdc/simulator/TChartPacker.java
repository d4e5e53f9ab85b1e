package io.tfdc.simulator;

import io.tfdc.mebo.MetricId;
import io.tfdc.mebo.NumericBlobWriter;
import io.tfdc.mebo.NumericOptions;
import io.tfdc.mebo.TimestampEncoding;
import io.tfdc.mebo.ValueEncoding;
import io.tfdc.model.Svid;
import io.tfdc.model.TChart;
import java.util.ArrayList;
import java.util.List;

/**
 * Packs the samples of a run as a data collector does: Mebo blobs with shared time stamps, metrics known by the XXH64 of their name.
 * Lossless. A run that does not fit into one blob is cut by time into blobs of about half the greatest size.
 */
public final class TChartPacker {
    /** What readings of a few decimals are packed best with, and decoded fastest from. */
    public static final NumericOptions OPTIONS = NumericOptions.DEFAULT
            .withEncodings(TimestampEncoding.DELTA_PACKED, ValueEncoding.ALP)
            .withSharedTimestamps(true);
    /** Greatest size of a blob in bytes. */
    public static final int MAX_BLOB_BYTES = 1 << 20;

    private final NumericOptions options;
    private final int maxBlobBytes;

    public TChartPacker() {
        this(OPTIONS, MAX_BLOB_BYTES);
    }

    /** @param maxBlobBytes greatest size of a blob, at least 1,024; a single row of samples may exceed it */
    public TChartPacker(NumericOptions options, int maxBlobBytes) {
        if (maxBlobBytes < 1_024) {
            throw new IllegalArgumentException("packer: expected blobs of at least 1024 bytes, found " + maxBlobBytes);
        }
        this.options = options;
        this.maxBlobBytes = maxBlobBytes;
    }

    /**
     * @throws IllegalArgumentException if the run has no samples, or needs more blobs than a T-chart holds
     */
    public TChart pack(SimulatedRun run) {
        List<Svid> svids = new ArrayList<>();
        for (int i = 0; i < run.svids().size(); i++) {
            String name = run.svids().get(i);
            svids.add(new Svid(MetricId.ofName(name), name, run.units().get(i)));
        }
        for (String name : run.announcedOnly()) {
            svids.add(new Svid(MetricId.ofName(name), name, ""));
        }
        return new TChart(run.context(), svids, run.stepSvid(), blobs(run));
    }

    private List<byte[]> blobs(SimulatedRun run) {
        if (run.points() == 0) {
            throw new IllegalArgumentException("run " + run.context().id() + " has no samples");
        }
        byte[] whole = blob(run, 0, run.samples());
        if (whole.length <= maxBlobBytes) {
            return List.of(whole);
        }
        int parts = Math.min(run.samples(), whole.length / (maxBlobBytes / 2) + 1);
        List<byte[]> blobs = new ArrayList<>(parts);
        for (int part = 0; part < parts; part++) {
            int from = (int) ((long) run.samples() * part / parts);
            int to = (int) ((long) run.samples() * (part + 1) / parts);
            blobs.add(blob(run, from, to - from));
        }
        return blobs;
    }

    private byte[] blob(SimulatedRun run, int from, int count) {
        NumericBlobWriter writer = new NumericBlobWriter(options, run.timesMicros()[from]);
        for (int i = 0; i < run.svids().size(); i++) {
            long id = MetricId.ofName(run.svids().get(i));
            writer.add(id, run.timesMicros(), run.values()[i], from, count);
        }
        return writer.finish();
    }
}
