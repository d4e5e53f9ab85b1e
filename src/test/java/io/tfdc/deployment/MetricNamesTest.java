package io.tfdc.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names are told from functions, labels, variables and words of the language. */
final class MetricNamesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sum by (pod, le) (rate(a_total{x=\"y_z\", w=~\"b{2}\"}[5m])) > 0.5 * on (pod) group_left (q) c | a_total c",
                "histogram_quantile(0.95, sum by (le) (rate(a_bucket[1h]))) | a_bucket",
                "release:a:sum{r=\"$release\"} or vector(0) and b offset 5m | release:a:sum b",
                "1 - a / (b + c) unless d == 1e3 | a b c d",
                "changes(max(a{n=\"$x\"})[1m:15s]) > 0 | a",
            })
    void namesOf(String expression, String names) {
        assertEquals(Set.of(names.split(" ")), MetricNames.in(expression));
    }
}
