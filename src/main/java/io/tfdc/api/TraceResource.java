package io.tfdc.api;

import io.tfdc.model.ChamberId;
import io.tfdc.model.RunId;
import io.tfdc.model.Svid;
import io.tfdc.model.TChart;
import io.tfdc.storage.ChartStore;
import io.tfdc.uchart.RunTrace;
import io.tfdc.uchart.TraceException;
import io.tfdc.uchart.TraceLimits;
import io.tfdc.uchart.TraceReader;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Samples of runs. Decoding takes a worker; as many run at a time as the worker pool has threads. */
final class TraceResource implements OperationHandler.Resource {
    private static final int POINTS = 1_000;
    private static final int MOST_SVIDS = 16;
    private static final int MOST_STEPS = 500;

    private final ChartStore store;
    private final WorkerExecutor workers;

    TraceResource(ChartStore store, WorkerExecutor workers) {
        this.store = store;
        this.workers = workers;
    }

    @Override
    public Map<String, OperationHandler> operations() {
        return Map.of("trace", this::trace);
    }

    private Future<Reply> trace(Call call) {
        RunId run = new RunId(new ChamberId(call.text("tool"), call.text("chamber")), call.text("context"));
        List<String> svids = call.find("svid")
                .filter(text -> !text.isEmpty())
                .map(text -> Arrays.asList(text.split(",")))
                .orElse(List.of());
        if (svids.size() > MOST_SVIDS) {
            throw Problem.invalid("query", "svid", "expected at most " + MOST_SVIDS + " SVIDs, found " + svids.size());
        }
        int points = call.number("points", POINTS);
        return store.getTChart(run)
                .compose(found -> found.map(chart -> workers.executeBlocking(() -> decode(chart, svids, points), false))
                        .orElseGet(() -> Future.failedFuture(
                                Problem.notFound("the samples of run " + run + " are not stored, or not any more"))));
    }

    private static Reply decode(TChart chart, List<String> svids, int points) {
        RunTrace trace;
        try {
            trace = new TraceReader(TraceLimits.DEFAULT).read(chart);
        } catch (TraceException e) {
            throw new Problem(422, "Damaged samples", String.valueOf(e.getMessage()), List.of());
        }
        Map<String, String> units = new HashMap<>();
        chart.svids().stream()
                .map(svid -> Map.entry(svid.name(), svid))
                .forEach(e -> units.put(e.getKey(), unit(e.getValue())));
        long origin = chart.context().start().getEpochSecond() * 1_000_000
                + chart.context().start().getNano() / 1_000;
        JsonArray names = new JsonArray();
        trace.svids()
                .forEach(name ->
                        names.add(new JsonObject().put("svid", name).put("unit", units.getOrDefault(name, ""))));
        JsonArray series = new JsonArray();
        for (String svid : svids) {
            int index = trace.svids().indexOf(svid);
            if (index < 0) {
                throw Problem.invalid("query", "svid", "run has no samples of \"" + svid + '"');
            }
            series.add(series(trace, index, origin, points).put("unit", units.getOrDefault(svid, "")));
        }
        return Reply.json(new JsonObject()
                .put("run", chart.context().id().toString())
                .put("start", chart.context().start().toString())
                .put("end", chart.context().end().toString())
                .put("labels", new JsonObject(Map.copyOf(chart.context().attributes())))
                .put("svids", names)
                .put("steps", steps(trace, origin))
                .put("series", series));
    }

    private static String unit(Svid svid) {
        return svid.unit();
    }

    /** A series in the order of its times; collectors may send samples late. */
    private record Ordered(double[] values, long[] times) {
        static Ordered of(RunTrace trace, int index) {
            int size = trace.size(index);
            double[] values = trace.copyValues(index);
            long[] times = Arrays.copyOf(trace.times(index), size);
            Integer[] order = new Integer[size];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, Comparator.comparingLong(i -> times[i]));
            double[] sorted = new double[size];
            long[] at = new long[size];
            for (int i = 0; i < size; i++) {
                sorted[i] = values[order[i]];
                at[i] = times[order[i]];
            }
            return new Ordered(sorted, at);
        }
    }

    private static JsonObject series(RunTrace trace, int index, long origin, int points) {
        Ordered samples = Ordered.of(trace, index);
        JsonArray t = new JsonArray();
        JsonArray v = new JsonArray();
        for (int position : TraceThinning.keep(samples.values, samples.values.length, points)) {
            t.add((samples.times[position] - origin) / 1e6);
            v.add(Numbers.finite(samples.values[position]));
        }
        return new JsonObject()
                .put("svid", trace.svids().get(index))
                .put("samples", trace.size(index))
                .put("t", t)
                .put("v", v);
    }

    /** Stretches of equal step numbers, in seconds since the start. */
    private static JsonArray steps(RunTrace trace, long origin) {
        JsonArray steps = new JsonArray();
        if (trace.stepSeries() < 0) {
            return steps;
        }
        Ordered samples = Ordered.of(trace, trace.stepSeries());
        double[] values = samples.values;
        long[] times = samples.times;
        int from = 0;
        for (int i = 1; i <= values.length && steps.size() < MOST_STEPS; i++) {
            if (i == values.length || values[i] != values[from]) {
                steps.add(new JsonObject()
                        .put("step", Numbers.finite(values[from]))
                        .put("from", (times[from] - origin) / 1e6)
                        .put("to", (times[Math.min(i, values.length - 1)] - origin) / 1e6));
                from = i;
            }
        }
        return steps;
    }
}
