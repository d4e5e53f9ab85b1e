package io.tfdc.cli;

import io.tfdc.mebo.MetricId;
import io.tfdc.mebo.NumericBlobWriter;
import io.tfdc.model.ChamberId;
import io.tfdc.model.CompletionNotification;
import io.tfdc.model.RunContext;
import io.tfdc.model.RunId;
import io.tfdc.model.Svid;
import io.tfdc.model.TChart;
import io.tfdc.simulator.TChartPacker;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Runs to measure with: sensor readings of two decimals, packed as a data collector does. Some shapes serve many runs. */
final class BenchRuns {
    private static final String STEP = "StepNumber";
    private static final int SHAPES = 16;
    private static final Map<String, String> ATTRIBUTES =
            Map.of("toolType", "BENCH", "recipe", "BENCH_1", "recipeVersion", "1", "waferType", "product");

    private final BenchPlan plan;
    private final String series;
    private final Instant begin;
    private final List<Svid> svids = new ArrayList<>();
    private final List<byte[]> shapes = new ArrayList<>();

    /** @param now runs end before this time */
    BenchRuns(BenchPlan plan, Instant now, int total) {
        this.plan = plan;
        this.series = Long.toString(now.toEpochMilli(), Character.MAX_RADIX);
        long rounds = total / plan.chambers() + 1L;
        this.begin = now.truncatedTo(ChronoUnit.SECONDS).minusSeconds(rounds * (plan.points() + 60L));
        svids.add(new Svid(MetricId.ofName(STEP), STEP, ""));
        for (int s = 0; s < plan.svids(); s++) {
            String name = String.format("Sensor%04d", s);
            svids.add(new Svid(MetricId.ofName(name), name, "a.u."));
        }
        for (int shape = 0; shape < SHAPES; shape++) {
            shapes.add(shape(new Random(shape)));
        }
    }

    TChart run(int number) {
        return new TChart(context(number), svids, STEP, List.of(shapes.get(number % SHAPES)));
    }

    CompletionNotification notification(int number) {
        RunContext context = context(number);
        return new CompletionNotification(context.id(), context.end(), context.attributes());
    }

    /** Chambers take turns; a chamber's runs follow each other. */
    private RunContext context(int number) {
        int chamber = number % plan.chambers();
        ChamberId id = new ChamberId(String.format("BENCH%04d", chamber / 4), "C" + chamber % 4);
        Instant start = begin.plusSeconds((number / plan.chambers()) * (plan.points() + 60L));
        RunId run = new RunId(id, "bench_" + series + '_' + number);
        return new RunContext(run, start, start.plusSeconds(plan.points() - 1L), ATTRIBUTES);
    }

    private byte[] shape(Random random) {
        long[] times = new long[plan.points()];
        double[] steps = new double[plan.points()];
        for (int i = 0; i < times.length; i++) {
            times[i] = begin.getEpochSecond() * 1_000_000 + i * 1_000_000L;
            steps[i] = 1 + (long) i * plan.steps() / plan.points();
        }
        NumericBlobWriter writer = new NumericBlobWriter(TChartPacker.OPTIONS, times[0]);
        writer.add(svids.get(0).name(), times, steps, 0, times.length);
        for (int s = 1; s < svids.size(); s++) {
            double level = 10 * s + 0.3 * random.nextGaussian();
            double[] values = new double[times.length];
            for (int i = 0; i < times.length; i++) {
                values[i] = Math.round((level + steps[i] + 0.5 * random.nextGaussian()) * 100) / 100.0;
            }
            writer.add(svids.get(s).name(), times, values, 0, times.length);
        }
        return writer.finish();
    }
}
