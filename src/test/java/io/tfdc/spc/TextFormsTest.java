package io.tfdc.spc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows, indicators, methods and rules as text. */
class TextFormsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "step0",
                "step4",
                "step4#2",
                "step5[2s,-1s]",
                "step5[2s]",
                "step5[,-1s]",
                "step5[5n,-3n]",
                "step5#3[1500ms,-250us]",
                "run[5n]",
                "step1000000"
            })
    void canonical_windows_read_back(String text) {
        assertEquals(text, WindowSpec.parse(text).toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "step4#1|step4",
                "step04|step4",
                "step5[1.5s]|step5[1500ms]",
                "step5[0s,-0n]|step5",
                "step5[1000ms]|step5[1s]",
                "step5[,-2000us]|step5[,-2ms]"
            })
    void other_ways_to_write_a_window_become_canonical(String text, String canonical) {
        assertEquals(canonical, WindowSpec.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "step",
                "steps4",
                "step-1",
                "step4#0",
                "run#1",
                "run#2",
                "step4[",
                "step4[]",
                "step4[2]",
                "step4[2s,1s]",
                "step4[2s,-]",
                "step4[-1s]",
                "step4[1.5n]",
                "step4[0.1us]",
                "step1000001",
                "step4#1000001",
                "step4[2d]",
                "step4[.5s]",
                "step4[5.s]",
                "step4[1..5s]",
                "step4[999999999999999s]",
                "step4[86401s]",
                "step4[2s]x",
                "STEP4",
                "step4 "
            })
    void malformed_windows_are_refused(String text) {
        SpcFormatException e = assertThrows(SpcFormatException.class, () -> WindowSpec.parse(text));
        assertTrue(String.valueOf(e.getMessage()).contains("expected"), e::toString);
    }

    @Test
    void random_windows_read_back() {
        long seed = 7;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            Trim head = trim(random);
            Trim tail = trim(random);
            WindowSpec window = random.nextInt(10) == 0
                    ? WindowSpec.RUN.trimmed(head, tail)
                    : WindowSpec.ofStep(random.nextInt(1_000_001), 1 + random.nextInt(1_000))
                            .trimmed(head, tail);
            assertEquals(window, WindowSpec.parse(window.toString()), () -> "seed " + seed + " " + window);
        }
    }

    private static Trim trim(SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 0 -> Trim.NONE;
            case 1 -> Trim.samples(random.nextLong(10_000));
            case 2 -> Trim.seconds(random.nextLong(86_400));
            case 3 -> Trim.micros(1_000 * random.nextLong(86_400_000));
            default -> Trim.micros(random.nextLong(86_400_000_000L));
        };
    }

    @ParameterizedTest
    @EnumSource
    void names_of_statistics_are_stable_lower_case_words(Statistic statistic) {
        assertTrue(statistic.text().matches("[a-z0-9-]+"), statistic.text());
        assertEquals(statistic, Statistic.parse(statistic.text()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mean",
                "std",
                "tw-mean",
                "tw-mean-hold",
                "p05",
                "above(50)",
                "below(-0.5)",
                "quantile(0.99)",
                "outside(-1,1)",
                "rise-time",
                "rise-time(10)",
                "settling-time",
                "settling-time(0.05,3)",
                "at(2.5)",
                "delta(0)",
                "ratio(1200)",
                "spikes(10)",
                "above(1.0E-9)",
                "above(1.0E20)",
                "mad-scaled"
            })
    void canonical_indicators_read_back(String text) {
        assertEquals(text, IndicatorSpec.parse(text).toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "above(50.0)|above(50)",
                "above(5e1)|above(50)",
                "rise-time(5)|rise-time",
                "settling-time(0.02, 5)|settling-time",
                "outside( -1.50 , 2 )|outside(-1.5,2)"
            })
    void other_ways_to_write_an_indicator_become_canonical(String text, String canonical) {
        assertEquals(canonical, IndicatorSpec.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "average",
                "Mean",
                "mean()",
                "mean(1)",
                "above",
                "above()",
                "above(x)",
                "above(1,2)",
                "above(NaN)",
                "above(1e999)",
                "above(1",
                "quantile(1.5)",
                "outside(2,1)",
                "rise-time(0)",
                "rise-time(1.5)",
                "at(-1)",
                "settling-time(0.02)",
                "spikes(-1)"
            })
    void malformed_indicators_are_refused(String text) {
        SpcFormatException e = assertThrows(SpcFormatException.class, () -> IndicatorSpec.parse(text));
        assertTrue(String.valueOf(e.getMessage()).contains("expected"), e::toString);
    }

    @ParameterizedTest
    @EnumSource
    void names_of_rules_read_back(RunRule rule) {
        assertEquals(rule, RunRule.parse(rule.text()));
    }

    @ParameterizedTest
    @EnumSource
    void names_of_limit_methods_read_back(LimitMethod method) {
        assertEquals(method, LimitMethod.parse(method.text()));
    }

    @Test
    void conventions_are_named_and_unknown_names_refused() {
        assertEquals(RunRuleConvention.QCC, RunRuleConvention.parse("qcc"));
        assertEquals(RunRuleConvention.RSPC, RunRuleConvention.parse("minitab"));
        assertThrows(SpcFormatException.class, () -> RunRuleConvention.parse("jmp"));
        assertThrows(SpcFormatException.class, () -> RunRule.parse("nelson9"));
        assertThrows(SpcFormatException.class, () -> LimitMethod.parse("mean"));
        assertEquals(RunRule.NELSON_5, RunRule.nelson(5));
        assertEquals(RunRule.WECO_4, RunRule.weco(4));
        assertThrows(IllegalArgumentException.class, () -> RunRule.nelson(9));
        assertThrows(IllegalArgumentException.class, () -> RunRule.weco(0));
    }
}
