package io.tfdc.spc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Certified digits of the NIST statistical reference data sets and the worked examples of the engineering handbook. */
class NistReferenceTest {
    @TestFactory
    Stream<DynamicTest> certified_digits_are_reached() throws IOException {
        JsonNode sets = read("strd_univariate.json").get("datasets");
        List<DynamicTest> tests = new ArrayList<>();
        sets.properties()
                .forEach(set ->
                        tests.add(DynamicTest.dynamicTest(set.getKey(), () -> check(set.getKey(), set.getValue()))));
        return tests.stream();
    }

    private static void check(String name, JsonNode set) {
        double[] x = new double[set.get("data").size()];
        Arrays.setAll(x, i -> Double.parseDouble(set.get("data").get(i).asText()));
        assertEquals(set.get("n").asInt(), x.length);
        double mean = set.get("certified").get("mean").asDouble();
        double sd = set.get("certified").get("stddev_n_minus_1").asDouble();
        double lag1 = set.get("certified").get("lag1_autocorrelation").asDouble();
        double digits = name.equals("NumAcc3") ? 9.4 : name.equals("NumAcc4") ? 8.2 : 12;
        Moments streamed = new Moments();
        Arrays.stream(x).forEach(streamed::add);
        Moments merged = Moments.of(x, 0, x.length / 3);
        merged.merge(Moments.of(x, x.length / 3, x.length));
        long[] micros = new long[x.length];
        Arrays.setAll(micros, i -> i * 1_000_000L);
        double[] indicators = new double[3];
        IndicatorPlan.of(Stream.of("mean", "std", "lag1")
                        .map(IndicatorSpec::parse)
                        .toList())
                .evaluate(micros, x, 0, x.length, new IndicatorScratch(), indicators, 0);

        assertDigits(name + " sd, two-pass", 15, sd, Moments.of(x).std(), digits);
        assertDigits(name + " sd, one-pass", 15, sd, streamed.std(), digits);
        assertDigits(name + " sd, merged", 15, sd, merged.std(), digits);
        assertDigits(name + " sd, indicator", 15, sd, indicators[1], digits);
        assertDigits(name + " mean, two-pass", 15, mean, Moments.of(x).mean(), 14);
        assertDigits(name + " mean, one-pass", 15, mean, streamed.mean(), 14);
        assertDigits(name + " mean, indicator", 15, mean, indicators[0], 14);
        assertDigits(name + " lag 1, indicator", 15, lag1, indicators[2], digits - 0.5);
    }

    /** Log relative error: number of leading digits that agree, at most as many as are certified. */
    private static void assertDigits(String what, double certified, double expected, double actual, double least) {
        double error = expected == 0 ? Math.abs(actual) : Math.abs(actual - expected) / Math.abs(expected);
        double digits = error == 0 ? certified : Math.min(certified, -Math.log10(error));
        assertTrue(digits >= least, () -> what + ": " + digits + " digits of " + expected + " in " + actual);
    }

    @Test
    void individuals_chart_of_the_handbook() throws IOException {
        JsonNode example = example("6.3.2.2_individuals");
        IndividualsChart chart = IndividualsChart.of(GoldenCases.numbers(example.get("data")), 3, ChartTables.ROUNDED);
        JsonNode published = example.get("published");
        assertEquals(published.get("mean").asDouble(), chart.individuals().center(), 5e-5);
        assertEquals(published.get("mr_bar").asDouble(), chart.movingRange().center(), 5e-5);
        assertEquals(published.get("UCL").asDouble(), chart.individuals().ucl(), 1e-4);
        assertEquals(published.get("LCL").asDouble(), chart.individuals().lcl(), 1e-4);
    }

    @Test
    void cusum_of_the_handbook_signals_at_sample_14() throws IOException {
        JsonNode example = example("6.3.2.3_cusum");
        double[] data = GoldenCases.numbers(example.get("data"));
        double target = example.get("target").asDouble();
        CusumDesign design = CusumDesign.of(
                example.get("published").get("k").asDouble(),
                example.get("published").get("h").asDouble());
        CusumState state = design.start();
        int first = 0;
        for (int i = 0; i < data.length; i++) {
            state = state.next(design, data[i], target, 1);
            if (first == 0 && design.judge(state).isOutside()) {
                first = i + 1;
            }
            assertEquals(example.get("published").get("s_hi_2dp").get(i).asDouble(), state.plus(), 0.0151);
            assertEquals(example.get("published").get("s_lo_2dp").get(i).asDouble(), state.minus(), 0.0151);
        }
        assertEquals(14, first);
        assertEquals(example.get("recomputed_k_0_3175").get("s_hi_last").asDouble(), state.plus(), 1e-9);
    }

    @Test
    void ewma_of_the_handbook() throws IOException {
        JsonNode example = example("6.3.2.4_ewma");
        double[] data = GoldenCases.numbers(example.get("data"));
        double target = example.get("target").asDouble();
        double sigma = example.get("s").asDouble();
        EwmaDesign design = new EwmaDesign(
                example.get("lambda_").asDouble(), example.get("L").asDouble());
        EwmaState state = design.start(target);
        JsonNode published = example.get("published");
        assertEquals(published.get("ewma_2dp").get(0).asDouble(), state.z(), 0.005);
        for (int i = 0; i < data.length; i++) {
            state = state.next(design, data[i]);
            assertEquals(published.get("ewma_2dp").get(i + 1).asDouble(), state.z(), 0.00501);
            assertEquals(Verdict.WITHIN, design.judgeAsymptotic(state, target, sigma));
        }
        assertEquals(published.get("UCL").asDouble(), target + design.asymptoticHalfWidth(sigma), 1e-3);
        assertEquals(published.get("LCL").asDouble(), target - design.asymptoticHalfWidth(sigma), 1e-3);
    }

    @Test
    void cusum_of_the_text_book_signals_at_29_and_dates_the_shift_to_22() throws IOException {
        JsonNode published = example("montgomery_cusum_table_9_2").get("published");
        double[] data = table91();
        CusumDesign design =
                CusumDesign.of(published.get("K").asDouble(), published.get("H").asDouble());
        CusumState state = design.start();
        for (int i = 0; i < data.length; i++) {
            state = state.next(design, data[i], 10, 1);
            assertEquals(published.get("c_plus_2dp").get(i).asDouble(), state.plus(), 0.00501);
            assertEquals(published.get("c_minus_2dp").get(i).asDouble(), state.minus(), 0.00501);
            int period = i + 1;
            assertEquals(period >= published.get("first_signal_period").asInt(), design.judge(state) == Verdict.ABOVE);
            if (period == 29) {
                assertEquals(published.get("n_plus_at_29").asLong(), state.valuesSinceShift(Verdict.ABOVE));
                assertEquals(22, period - state.valuesSinceShift(Verdict.ABOVE));
                assertEquals(10 + 0.5 + 5.28 / 7, state.shiftedMean(design, Verdict.ABOVE, 10, 1), 1e-9);
            }
        }
    }

    @Test
    void ewma_of_the_text_book() throws IOException {
        JsonNode published = example("montgomery_ewma_example_9_2").get("published");
        double[] data = table91();
        EwmaDesign design = new EwmaDesign(
                published.get("lambda_").asDouble(), published.get("L").asDouble());
        EwmaState state = design.start(10);
        List<Integer> outside = new ArrayList<>();
        for (int i = 0; i < data.length; i++) {
            state = state.next(design, data[i]);
            if (i < 5) {
                assertEquals(published.get("z_first_5").get(i).asDouble(), state.z(), 5.1e-5);
            }
            if (i < 2) {
                assertEquals(published.get("ucl_first_2").get(i).asDouble(), 10 + design.halfWidth(i + 1, 1), 0.0051);
            }
            if (design.judge(state, 10, 1).isOutside()) {
                outside.add(i + 1);
            }
        }
        assertEquals(List.of(29, 30), outside);
        assertEquals(published.get("ucl_asymptotic").asDouble(), 10 + design.asymptoticHalfWidth(1), 0.005);
    }

    private static double[] table91() throws IOException {
        Path file = GoldenCases.shared("spc").orSkip().resolve("montgomery_table_9_1.json");
        return GoldenCases.numbers(
                new ObjectMapper().readTree(Files.readAllBytes(file)).get("values"));
    }

    private static JsonNode example(String id) throws IOException {
        for (JsonNode example : read("worked_examples.json").get("examples")) {
            if (example.get("id").asText().equals(id)) {
                return example;
            }
        }
        throw new IllegalArgumentException("no example " + id);
    }

    private static JsonNode read(String file) throws IOException {
        Path folder = GoldenCases.shared("nist").orSkip();
        return new ObjectMapper().readTree(Files.readAllBytes(folder.resolve(file)));
    }
}
