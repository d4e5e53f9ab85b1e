package io.tfdc.storage;

import io.tfdc.model.ChamberId;
import io.tfdc.model.ChartLimits;
import io.tfdc.model.DefenseEvent;
import io.tfdc.model.Evidence;
import io.tfdc.model.IndicatorKey;
import io.tfdc.model.IndicatorLayout;
import io.tfdc.model.LimitSet;
import io.tfdc.model.RunContext;
import io.tfdc.model.RunId;
import io.tfdc.model.Severity;
import io.tfdc.model.Svid;
import io.tfdc.model.TChart;
import io.tfdc.model.UChart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Charts of any shape, the same for the same generator. */
public final class RandomCharts {
    public static final Instant START = Instant.parse("2026-01-05T08:00:00Z");
    private static final double[] SPECIAL = {
        Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE, Double.MAX_VALUE
    };

    private final RandomGenerator random;

    public RandomCharts(RandomGenerator random) {
        this.random = random;
    }

    public static IndicatorLayout layout(int size) {
        String[] statistics = {"mean", "stddev", "min", "max", "range", "slope"};
        List<IndicatorKey> keys = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            keys.add(new IndicatorKey("SVID_" + i / 6, "step5[2s,-1s]", statistics[i % 6]));
        }
        return new IndicatorLayout(keys);
    }

    public static RunContext context(ChamberId chamber, String context, Instant end) {
        return new RunContext(
                new RunId(chamber, context),
                end.minusSeconds(600),
                end,
                Map.of("recipe", "ETCH_A", "recipeVersion", "3", "lot", "L4711", "wafer", "17"));
    }

    public UChart uChart(ChamberId chamber, String context, String group, Instant end, IndicatorLayout layout) {
        double[] values = new double[layout.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = number();
        }
        Map<String, byte[]> state = new HashMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            state.put("strategy-" + i, bytes(random.nextInt(200)));
        }
        return new UChart(context(chamber, context, end), group, layout, values, random.nextInt(8), state);
    }

    public TChart tChart(ChamberId chamber, String context, Instant end, int svids, int... blobSizes) {
        List<Svid> names = new ArrayList<>();
        for (int i = 0; i < svids; i++) {
            names.add(new Svid(random.nextLong(), "Chamber_Ünit_" + i, i % 3 == 0 ? "" : "mTorr"));
        }
        List<byte[]> blobs = new ArrayList<>();
        for (int size : blobSizes) {
            blobs.add(bytes(size));
        }
        return new TChart(context(chamber, context, end), names, svids == 0 ? "" : "Chamber_Ünit_0", blobs);
    }

    public LimitSet limits(ChamberId chamber, String group, String strategy, int version, IndicatorLayout layout) {
        List<ChartLimits> limits = new ArrayList<>();
        for (int i = 0; i < layout.size(); i++) {
            limits.add(chartLimits());
        }
        return new LimitSet(
                chamber,
                group,
                strategy,
                version,
                random.nextInt(5),
                START.plusSeconds(version),
                "baseline",
                List.of("ctx_1", "ctx_2"),
                layout,
                limits);
    }

    private ChartLimits chartLimits() {
        double center = random.nextGaussian();
        return switch (random.nextInt(3)) {
            case 0 -> ChartLimits.UNDEFINED;
            case 1 -> new ChartLimits(center, 0.1, Double.NEGATIVE_INFINITY, center + 0.3, random.nextInt(1000));
            default -> new ChartLimits(center, 0.1, center - 0.3, center + 0.3, random.nextInt(1000));
        };
    }

    public DefenseEvent event(ChamberId chamber, String context, String rule, Instant at) {
        RunId run = new RunId(chamber, context);
        Evidence evidence = new Evidence(
                new IndicatorKey("Pressure \"quoted\"", "step5#2", "above(50)"),
                number(),
                chartLimits(),
                random.nextInt(10),
                "nelson 2",
                List.of("ctx_0", context),
                List.of(Double.NaN, number()));
        return new DefenseEvent(
                DefenseEvent.idOf(run, "etch", rule),
                chamber + ":g:etch." + rule,
                run,
                "g",
                "etch",
                7,
                rule,
                Severity.values()[random.nextInt(4)],
                DefenseEvent.Mode.values()[random.nextInt(3)],
                at,
                "mean 3.2 is above 3.1 — Ω",
                List.of(evidence),
                List.of(new DefenseEvent.Action("hold", "lot"), new DefenseEvent.Action("notify", "etch-oncall")),
                Map.of("lot", "L1"));
    }

    public byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    private double number() {
        return random.nextInt(10) == 0 ? SPECIAL[random.nextInt(SPECIAL.length)] : random.nextGaussian() * 1e3;
    }

    /** T-charts hold arrays, so they are equal part by part. */
    public static boolean same(TChart a, TChart b) {
        if (!a.context().equals(b.context())
                || !a.svids().equals(b.svids())
                || !a.stepSvid().equals(b.stepSvid())
                || a.blobs().size() != b.blobs().size()) {
            return false;
        }
        for (int i = 0; i < a.blobs().size(); i++) {
            if (!java.util.Arrays.equals(a.blobs().get(i), b.blobs().get(i))) {
                return false;
            }
        }
        return true;
    }
}
