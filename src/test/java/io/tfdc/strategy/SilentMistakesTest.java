package io.tfdc.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.model.IndicatorKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes that would leave a rule without effect, or a match without bounds, are refused instead. */
class SilentMistakesTest {
    private static final String DOCUMENT = """
            apiVersion: fdc/v1
            strategy: s
            version: 1
            match: { recipe: "A*" }
            indicators:
              - { id: x, svid: X, step: 5, window: { trimStart: 2s }, stat: mean }
              - { svid: Two, step: 5, stat: [mean, std] }
              - { svid: "Z*", step: "*", stat: mean }
              - { svid: "P*", step: 4, stat: max }
            rules:
              - { id: r, when: { outside: stat, of: x }, severity: alarm }
            """;

    private static void compile(String document) {
        StrategyBook.compile(List.of(new StrategySource("s.yaml", document)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
                    "A*" | "" | s.yaml:4:18: match.recipe: expected a pattern of 1 to 256 characters
                    of: x | of: "" | s.yaml:11:41: rules[0].when.of: expected a pattern of 1 to 256 characters
                    of: x | of: X/step5/mean | s.yaml:11:41: rules[0].when.of: no indicator is called "X/step5/mean"
                    of: x | of: "X/step5[2s]/std" | no indicator is called "X/step5[2s]/std"
                    of: x | of: X/five/mean | no indicator is called "X/five/mean"
                    svid: Two | svid: "Two\\n" | s.yaml:7:13: indicators[1].svid: expected SVIDs of at most 128 characters
                    svid: Two, step: 5 | svid: Two, occurrence: 2, window: step5 | names its step and visit: leave out "occurrence"
                    svid: Two, step: 5 | svid: Two, step: 5, window: step5 | s.yaml:7:35: indicators[1].window: a window as text names its step and visit: leave out "step"
                    of: x | of: X/mean | no indicator is called "X/mean"
                    { outside: stat, of: x } | { gt: [ { u: Two }, 3 ] } | expected one chart, but "Two" stands for several
                    { outside: stat, of: x } | { gt: [ { u: Z1 }, 3 ] } | expected one chart, but "Z1" stands for several
                    { outside: stat, of: x } | { dataQuality: { incomplete: false } } | expected true; write not: around it
                    """)
    void refused(String right, String wrong, String message) {
        String document = DOCUMENT.replace(right, wrong);
        StrategyException e = assertThrows(StrategyException.class, () -> compile(document));
        assertTrue(e.getMessage().contains(message), e.getMessage());
        assertEquals(1, e.problems().size(), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
                    of: x | of: "X/step5[2s]/mean"
                    of: x | of: Z7/step12/mean
                    of: x | of: "Z*/step5*/mean"
                    of: x | of: [Two/step5/std, P1]
                    { outside: stat, of: x } | { gt: [ { u: X }, { u: P1 } ] }
                    { outside: stat, of: x } | { gt: [ { u: Two/step5/std }, { u: Z1/step2/mean } ] }
                    """)
    void accepted(String right, String other) {
        compile(DOCUMENT.replace(right, other));
    }

    @Test
    void aTermMayNameAnSvidWithOneChart() {
        Replay replay = new Replay(DOCUMENT.replace("{ outside: stat, of: x }", "{ gt: [ { u: X }, 3 ] }"));
        assertEquals(0, replay.run(3).events().size());
        assertEquals(1, replay.run(4).events().size());
    }

    @Test
    void svidsMayContainSlashesAndNamesThatCantBeSvidsHaveNoCharts() {
        String document =
                DOCUMENT.replace("svid: X", "svid: Gas/Ar").replace("of: x", "of: [Gas/Ar, Zone/1/step5/mean]");
        Replay replay = new Replay(document);
        RunStrategies matched = replay.book.match(replay.context(0));
        List<String> svids = List.of("Gas/Ar", "Zone/1", "", "Z\n", "Z".repeat(129));
        List<String> charts = matched.plan(svids, List.of(5)).layout().keys().stream()
                .map(IndicatorKey::toString)
                .toList();
        assertEquals(List.of("Gas/Ar/step5[2s]/mean", "Two/step5/mean", "Two/step5/std", "Zone/1/step5/mean"), charts);
        assertEquals(
                charts,
                charts.stream()
                        .map(IndicatorKey::parse)
                        .map(IndicatorKey::toString)
                        .toList());
        assertEquals("Zone/1", IndicatorKey.parse("Zone/1/step5/mean").svid());
    }
}
