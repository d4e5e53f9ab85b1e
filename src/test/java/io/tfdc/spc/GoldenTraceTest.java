package io.tfdc.spc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whole wafers of golden cases: step windows in dirty data and indicators of every signal. */
class GoldenTraceTest {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("count", "count"),
            Map.entry("mean", "mean"),
            Map.entry("min", "min"),
            Map.entry("max", "max"),
            Map.entry("range", "range"),
            Map.entry("median", "median"),
            Map.entry("first", "first"),
            Map.entry("last", "last"),
            Map.entry("duration", "duration"),
            Map.entry("p05_type7", "p05"),
            Map.entry("p95_type7", "p95"),
            Map.entry("area_trapezoid", "area"),
            Map.entry("std_sample", "std"),
            Map.entry("slope_ols_per_s", "slope"),
            Map.entry("time_weighted_mean", "tw-mean"),
            Map.entry("max_abs_delta", "max-abs-delta"));

    @TestFactory
    Stream<DynamicTest> windows_and_indicators_agree() {
        return GoldenCases.tests(GoldenCases.Kind.TRACE, GoldenTraceTest::trace);
    }

    private static void trace(GoldenCases.Case c) {
        Comparison compare = new Comparison(1e-11, 0);
        double[] seconds = GoldenCases.numbers(c.json().get("time_s"));
        long[] micros = new long[seconds.length];
        for (int i = 0; i < micros.length; i++) {
            micros[i] = Math.round(seconds[i] * 1e6);
        }
        compare.equal("samples", c.json().get("samples_total").asInt(), micros.length);
        StepWindows windows =
                StepWindows.of(micros, GoldenCases.numbers(c.json().get("step")), micros.length);
        compare.equal(
                "kept", c.json().get("samples_kept").asInt(), windows.axis().size());
        compare.equal("windows", c.expected().size(), windows.visits().size());
        for (int i = 0; i < windows.visits().size(); i++) {
            StepVisit visit = windows.visits().get(i);
            JsonNode e = c.expected().get(i);
            compare.equal("step", e.get("step").asInt(), visit.step());
            compare.equal("first", e.get("first_index").asInt(), windows.axis().originalIndex(visit.from()));
            compare.equal("last", e.get("last_index").asInt(), windows.axis().originalIndex(visit.to() - 1));
            compare.number("start", e.get("t_start"), visit.startMicros() * 1e-6);
            compare.number("end", e.get("t_end"), visit.lastMicros() * 1e-6);
            WindowSpec whole = WindowSpec.ofStep(visit.step(), visit.occurrence());
            indicators(compare, c, e.get("indicators"), windows, whole);
            JsonNode trimmed = e.path("trimmed_first_2s");
            if (trimmed.isObject()) {
                JsonNode of = trimmed.has("indicators") ? trimmed.get("indicators") : trimmed;
                indicators(compare, c, of, windows, whole.trimmed(Trim.seconds(2), Trim.NONE));
            }
        }
        compare.done();
    }

    private static void indicators(
            Comparison compare, GoldenCases.Case c, JsonNode expected, StepWindows windows, WindowSpec window) {
        SampleRange range = windows.resolve(window);
        c.json().get("svids").properties().forEach(signal -> {
            JsonNode e = expected.get(signal.getKey());
            if (e == null || !e.isObject()) {
                return;
            }
            double[] values = windows.axis().align(GoldenCases.numbers(signal.getValue()));
            double spread = indicator("std", windows, values, range);
            e.properties().forEach(number -> {
                String name = NAMES.get(number.getKey());
                String what = window + " " + signal.getKey() + " " + number.getKey();
                compare.equal(what + " known", true, name != null);
                if (name != null) {
                    double actual = indicator(name, windows, values, range);
                    compare.compare(what, number.getValue().asDouble(Double.NaN), actual, 1, spread);
                }
            });
            NAMES.forEach((key, name) -> {
                if (!e.has(key)) {
                    compare.equal(
                            window + " " + signal.getKey() + " " + key + " undefined",
                            true,
                            Double.isNaN(indicator(name, windows, values, range)));
                }
            });
        });
    }

    private static double indicator(String name, StepWindows windows, double[] values, SampleRange range) {
        return IndicatorPlan.evaluateOne(
                IndicatorSpec.parse(name), windows.axis().times(), values, range.from(), range.to());
    }
}
