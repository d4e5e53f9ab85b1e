package io.tfdc.testing;

import io.tfdc.strategy.StrategyBook;
import io.tfdc.strategy.StrategySource;
import java.util.List;

/** The strategy that tests of the pipeline run: limits from six runs, rules without and with a memory. */
public final class SampleStrategy {
    public static final String ID = "sample";

    /** The document. */
    public static final String YAML = """
            apiVersion: fdc/v1
            strategy: sample
            version: 1
            mode: active
            match: { toolType: TEST }
            chart:
              partitionBy: [tool, chamber, recipe, recipeVersion]
              history: 50
              learning: { minRuns: 3, onLearning: alarm }
              limits:
                stat: { method: sd, k: 6, baselineRuns: 6, minHalfWidth: { abs: 0.5 } }
            indicators:
              - { svid: "Svid*", step: "*", stat: [mean, std] }
              - { id: first, svid: Svid000, stat: mean }
            rules:
              - id: outside
                when: { outside: stat, of: "*" }
                severity: alarm
                actions: [ { hold: lot } ]
              - id: drift
                when: { ewma: { lambda: 0.2, L: 3, of: first } }
                severity: warning
              - id: twice
                when: { consecutive: { runs: 2, cond: { outside: stat, of: first } } }
                severity: critical
            """;

    private SampleStrategy() {}

    public static StrategyBook book() {
        return StrategyBook.compile(List.of(new StrategySource("sample.yaml", YAML)));
    }
}
