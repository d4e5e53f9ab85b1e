package io.tfdc.testing;

import io.tfdc.mebo.MetricId;
import io.tfdc.mebo.NumericBlobWriter;
import io.tfdc.mebo.NumericOptions;
import io.tfdc.model.ChamberId;
import io.tfdc.model.CompletionNotification;
import io.tfdc.model.RunContext;
import io.tfdc.model.RunId;
import io.tfdc.model.Svid;
import io.tfdc.model.TChart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Small runs for tests: {@code svids} sensors around a level of their own, a step signal, time stamps 1 s apart. */
public record SampleRuns(int svids, int points, int steps, NumericOptions options) {
    public static final String STEP = "StepNumber";
    public static final Map<String, String> ATTRIBUTES =
            Map.of("toolType", "TEST", "recipe", "R1", "recipeVersion", "1", "waferType", "product");
    public static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");

    public static SampleRuns small() {
        return new SampleRuns(4, 60, 3, NumericOptions.DEFAULT);
    }

    public RunId id(ChamberId chamber, int number) {
        return new RunId(chamber, String.format("ctx_%05d", number));
    }

    public RunContext context(ChamberId chamber, int number) {
        Instant start = BEGIN.plusSeconds(number * (points + 60L));
        return new RunContext(id(chamber, number), start, start.plusSeconds(points - 1L), ATTRIBUTES);
    }

    public CompletionNotification notification(ChamberId chamber, int number) {
        RunContext context = context(chamber, number);
        return new CompletionNotification(context.id(), context.end(), context.attributes());
    }

    public TChart run(ChamberId chamber, int number) {
        return run(chamber, number, 0);
    }

    /** @param shift moves the first SVID's level, in standard deviations */
    public TChart run(ChamberId chamber, int number, double shift) {
        RunContext context = context(chamber, number);
        long[] times = times(context);
        NumericBlobWriter writer = new NumericBlobWriter(options, times[0]);
        List<Svid> names = new ArrayList<>();
        double[] stepValues = new double[points];
        for (int i = 0; i < points; i++) {
            stepValues[i] = 1 + (i * steps) / points;
        }
        add(writer, names, STEP, times, stepValues);
        for (int s = 0; s < svids; s++) {
            add(writer, names, svid(s), times, values(number, s, s == 0 ? shift : 0));
        }
        return new TChart(context, names, STEP, List.of(writer.finish()));
    }

    public static String svid(int index) {
        return String.format("Svid%03d", index);
    }

    public long[] times(RunContext context) {
        long start = context.start().getEpochSecond() * 1_000_000L;
        long[] times = new long[points];
        for (int i = 0; i < points; i++) {
            times[i] = start + i * 1_000_000L;
        }
        return times;
    }

    /** Values of an SVID in a run; two decimals, as sensors give them. */
    public double[] values(int number, int svid, double shift) {
        Random random = new Random(number * 1_000_003L + svid);
        double level = 100 + svid + 0.2 * random.nextGaussian() + 0.2 * shift;
        double[] values = new double[points];
        for (int i = 0; i < points; i++) {
            values[i] = Math.round((level + random.nextGaussian()) * 100) / 100.0;
        }
        return values;
    }

    private static void add(NumericBlobWriter writer, List<Svid> names, String name, long[] times, double[] values) {
        writer.add(name, times, values, 0, times.length);
        names.add(new Svid(MetricId.ofName(name), name, "a.u."));
    }
}
