package io.tfdc.uchart;

import io.tfdc.mebo.MeboBlob;
import io.tfdc.mebo.MeboFormatException;
import io.tfdc.mebo.MeboLimits;
import io.tfdc.mebo.NumericBlob;
import io.tfdc.model.RunId;
import io.tfdc.model.Svid;
import io.tfdc.model.TChart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decodes T-charts. Blobs are put in order of their start time (equal ones in storage order) and every SVID's samples are those
 * of the blobs one after the other, without merging. Time stamps that SVIDs have in common are decoded once.
 *
 * <p>One per thread. It lends its buffers to the trace it returns, so a trace is valid until the next {@link #read}; they stay
 * for the next run unless they hold more than {@value #KEPT_POINTS} samples.
 */
public final class TraceReader {
    private static final int KEPT_POINTS = 1 << 20;

    private final TraceLimits limits;
    private final MeboLimits blobLimits;
    private final SampleBuffers buffers = new SampleBuffers(KEPT_POINTS);

    public TraceReader(TraceLimits limits) {
        this.limits = limits;
        this.blobLimits = new MeboLimits(
                MeboLimits.MAX_DECOMPRESSED_BYTES, (int) Math.min(limits.maxPoints(), 1 << 28), limits.maxPoints());
    }

    /** A numeric blob and its position in the T-chart. */
    private record OpenBlob(int position, NumericBlob blob) {}

    /**
     * Decodes all samples of a run.
     *
     * @throws TraceException if a blob is damaged or the run is larger than the limits allow
     */
    public RunTrace read(TChart chart) {
        RunId run = chart.context().id();
        if (chart.svids().size() > limits.maxSvids()) {
            throw new TraceException(
                    run,
                    "expected at most " + limits.maxSvids() + " SVIDs, found "
                            + chart.svids().size());
        }
        List<OpenBlob> blobs = open(chart);
        Map<String, Integer> counts = count(chart, blobs);
        buffers.startRun();
        Axes axes = new Axes(run, blobs);
        List<String> svids = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        List<Integer> axisOf = new ArrayList<>();
        int step = -1;
        for (Svid svid : chart.svids()) {
            Integer count = counts.remove(svid.name());
            if (count == null) {
                continue;
            }
            if (count == 0) {
                missing.add(svid.name());
                continue;
            }
            int[] metrics = locate(blobs, svid.metricId());
            decodeValues(run, blobs, metrics, buffers.values(svids.size(), count));
            axisOf.add(axes.of(metrics, count));
            if (svid.name().equals(chart.stepSvid())) {
                step = svids.size();
            }
            svids.add(svid.name());
        }
        if (step < 0 && !chart.stepSvid().isEmpty() && !missing.contains(chart.stepSvid())) {
            missing.add(chart.stepSvid());
        }
        return new RunTrace(
                chart.context(),
                svids,
                buffers.values(),
                axisOf.stream().mapToInt(Integer::intValue).toArray(),
                buffers.times(),
                axes.sizes(),
                step,
                missing);
    }

    private List<OpenBlob> open(TChart chart) {
        List<OpenBlob> blobs = new ArrayList<>(chart.blobs().size());
        for (int i = 0; i < chart.blobs().size(); i++) {
            try {
                if (MeboBlob.open(chart.blobs().get(i), blobLimits) instanceof NumericBlob numeric) {
                    blobs.add(new OpenBlob(i, numeric));
                }
            } catch (MeboFormatException e) {
                throw damaged(chart.context().id(), i, e);
            }
        }
        blobs.sort(Comparator.comparingLong(open -> open.blob().startTime()));
        return blobs;
    }

    /** Samples per SVID; an SVID named twice counts once. */
    private Map<String, Integer> count(TChart chart, List<OpenBlob> blobs) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        long total = 0;
        for (Svid svid : chart.svids()) {
            long count = 0;
            for (OpenBlob open : blobs) {
                int metric = open.blob().find(svid.metricId());
                count += metric < 0 ? 0 : open.blob().count(metric);
            }
            total += count;
            if (total > limits.maxPoints()) {
                throw new TraceException(
                        chart.context().id(), "expected at most " + limits.maxPoints() + " samples, found more");
            }
            counts.putIfAbsent(svid.name(), (int) count);
        }
        return counts;
    }

    private static int[] locate(List<OpenBlob> blobs, long metricId) {
        int[] metrics = new int[blobs.size()];
        for (int i = 0; i < metrics.length; i++) {
            metrics[i] = blobs.get(i).blob().find(metricId);
        }
        return metrics;
    }

    private static void decodeValues(RunId run, List<OpenBlob> blobs, int[] metrics, double[] out) {
        int done = 0;
        for (int i = 0; i < metrics.length; i++) {
            if (metrics[i] >= 0) {
                OpenBlob open = blobs.get(i);
                try {
                    done += open.blob().decodeValues(metrics[i], out, done);
                } catch (MeboFormatException e) {
                    throw damaged(run, open.position(), e);
                }
            }
        }
    }

    private static TraceException damaged(RunId run, int blob, MeboFormatException e) {
        return new TraceException(run, blob, e.section().label(), e.offset(), String.valueOf(e.getMessage()), e);
    }

    /** The distinct time axes of one run. */
    private final class Axes {
        private final RunId run;
        private final List<OpenBlob> blobs;
        private final Map<List<Integer>, Integer> byColumns = new LinkedHashMap<>();
        private final List<Integer> sizes = new ArrayList<>();
        private int lastMatch;

        Axes(RunId run, List<OpenBlob> blobs) {
            this.run = run;
            this.blobs = blobs;
        }

        /** The axis of an SVID, given its metric per blob: one of those there are, or a new one. */
        int of(int[] metrics, int count) {
            List<Integer> columns = new ArrayList<>(metrics.length * 2);
            for (int i = 0; i < metrics.length; i++) {
                NumericBlob blob = blobs.get(i).blob();
                columns.add(metrics[i] < 0 ? -1 : blob.timestampOwner(metrics[i]));
                columns.add(metrics[i] < 0 ? 0 : blob.count(metrics[i]));
            }
            Integer known = byColumns.get(columns);
            if (known == null) {
                known = decode(metrics, count);
                byColumns.put(columns, known);
            }
            return known;
        }

        int[] sizes() {
            return sizes.stream().mapToInt(Integer::intValue).toArray();
        }

        private int decode(int[] metrics, int count) {
            int fresh = sizes.size();
            long[] out = buffers.times(fresh, count);
            int done = 0;
            for (int i = 0; i < metrics.length; i++) {
                if (metrics[i] >= 0) {
                    OpenBlob open = blobs.get(i);
                    try {
                        done += open.blob().decodeTimestamps(metrics[i], out, done);
                    } catch (MeboFormatException e) {
                        throw damaged(run, open.position(), e);
                    }
                }
            }
            if (fresh > 0 && isSame(lastMatch, out, count)) {
                return lastMatch;
            }
            for (int axis = 0; axis < Math.min(fresh, 8); axis++) {
                if (isSame(axis, out, count)) {
                    lastMatch = axis;
                    return axis;
                }
            }
            sizes.add(count);
            lastMatch = fresh;
            return fresh;
        }

        private boolean isSame(int axis, long[] times, int count) {
            return sizes.get(axis) == count && Arrays.equals(buffers.times(axis, count), 0, count, times, 0, count);
        }
    }
}
