package io.tfdc.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaErrorsTest {
    private static final String DOCUMENT = """
            apiVersion: fdc/v1
            strategy: s
            version: 1
            mode: active
            match: { recipe: "A*" }
            chart:
              history: 100
              limits: { stat: { method: sd, k: 5 } }
            indicators:
              - { id: x, svid: X, step: 5, stat: mean }
              - { id: many, svid: "Y*", step: 5, stat: [mean, std] }
            rules:
              - id: r
                when: { outside: stat, of: x }
                severity: alarm
            """;

    private static String refusal(String document) {
        StrategyException e = assertThrows(
                StrategyException.class,
                () -> StrategyBook.compile(List.of(new StrategySource("s.yaml", document))),
                document);
        return e.getMessage();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
                    apiVersion: fdc/v1 | apiVersion: fdc/v2 | s.yaml:1:13: apiVersion: expected one of fdc/v1, found "fdc/v2", did you mean "fdc/v1"?
                    strategy: s | strategy: a b | s.yaml:2:11: strategy: expected 1 to 64 of A-Z a-z 0-9 _ -, found the text "a b"
                    version: 1 | version: 0 | s.yaml:3:10: version: expected an integer from 1 to 2147483647, found 0
                    version: 1 | verison: 1 | s.yaml:1:1: expected the key "version", found none
                    version: 1 | verison: 1 | s.yaml:3:1: verison: unknown key "verison", did you mean "version"?
                    mode: active | mode: activ | s.yaml:4:7: mode: expected one of active, dry-run, off, found "activ", did you mean "active"?
                    recipe: "A*" | recpie: "A*" | s.yaml:5:10: match.recpie: unknown key "recpie", did you mean "recipe"?
                    recipe: "A*" | svid: X | s.yaml:5:10: match.svid: unknown key "svid"
                    history: 100 | history: 5 | s.yaml:7:12: chart.history: expected an integer from 20 to 1000, found 5
                    method: sd | method: std | s.yaml:8:29: chart.limits.stat.method: limit method 'std': expected fixed, mean-mr, sd, sd-c4, median-mr or mad
                    k: 5 | k: five | s.yaml:8:36: chart.limits.stat.k: expected a number, found the text "five"
                    k: 5 | k: -1 | s.yaml:8:36: chart.limits.stat.k: expected a number from 0.001 to 100, found -1
                    method: sd | method: fixed | s.yaml:8:29: chart.limits.stat.method: fixed limits need lsl, usl or both, or center and sigma
                    svid: X | svd: X | s.yaml:10:5: indicators[0]: expected the key "svid", found none
                    stat: mean | stat: meen | s.yaml:10:38: indicators[0].stat: statistic 'meen': expected one of count, duration, mean
                    id: many | id: x | s.yaml:11:5: indicators[1]: indicator id "x" is taken, first in line 10
                    of: x | of: y | s.yaml:14:32: rules[0].when.of: no indicator is called "y", did you mean "X"?
                    of: x | of: [] | s.yaml:14:32: rules[0].when.of: expected 1 to 1000 patterns, found 0
                    severity: alarm | severity: alert | s.yaml:15:15: rules[0].severity: expected one of log, warning, alarm, critical, found "alert"
                    outside: stat | outsid: stat | found "outsid", did you mean "outside"?
                    outside: stat | outside: sigma | s.yaml:14:22: rules[0].when.outside: expected one of stat, spec, found "sigma"
                    { outside: stat, of: x } | { any: [] } | s.yaml:14:18: rules[0].when.any: expected at least one condition, found none
                    { outside: stat, of: x } | { ewma: { of: x, lambda: 2 } } | s.yaml:14:36: rules[0].when.ewma.lambda: expected a number from 0.0001 to 1, found 2
                    { outside: stat, of: x } | { gt: [ { u: many }, 3 ] } | stands for several: name it svid/window/statistic
                    { outside: stat, of: x } | { gt: [ 3 ] } | s.yaml:14:17: rules[0].when.gt: expected a list of two terms, found 1
                    { outside: stat, of: x } | { gt: [ { limit: [x, uc] }, 3 ] } | found "uc", did you mean "ucl"?
                    { outside: stat, of: x } | { consecutive: { runs: 3, cond: { ewma: { of: x } } } } | can't be asked about earlier runs
                    { outside: stat, of: x } | { kOfN: { k: 4, n: 3, cond: { outside: stat, of: x } } } | s.yaml:14:24: rules[0].when.kOfN.k: expected at most n = 3, found 4
                    { outside: stat, of: x } | { outside: stat, of: x, nelson: { of: x } } | found outside and nelson
                    { outside: stat, of: x } | { nelson: { rules: [9], of: x } } | expected an integer from 1 to 8, found 9
                    { outside: stat, of: x } | outside | s.yaml:14:11: rules[0].when: expected a condition such as { outside: stat, of: id }, found the text "outside"
                    id: r | id: r, x | s.yaml:13:9: rules[0].id: expected 1 to 64 of A-Z a-z 0-9 _ -
                    id: r | when2: r | s.yaml:13:5: rules[0]: expected the key "id", found none
                    """)
    void everyMistakeIsNamedWithItsPlace(String right, String wrong, String message) {
        String found = refusal(DOCUMENT.replaceFirst(
                java.util.regex.Pattern.quote(right), java.util.regex.Matcher.quoteReplacement(wrong)));
        assertTrue(found.contains(message), "expected " + message + " in\n" + found);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
                    severty: alarm | unknown key "severty", did you mean "severity"?
                    actions: [ { holt: lot } ] | unknown action "holt", did you mean "hold"?
                    clear: { on: ack } | only a rule with latch: true can be cleared
                    escalate: { to: log, after: { occurrences: 3 } } | expected a severity above alarm
                    escalate: { to: critical } | expected the key "after", found none
                    cooldown: { runs: 0 } | expected an integer from 1 to 500, found 0
                    cooldown: { for: 3 } | expected a duration such as 2s or 500ms, found 3
                    onUnknown: shout | expected one of ignore, log, warn, alarm, found "shout"
                    """)
    void rulesAreClosed(String line, String message) {
        String found = refusal(DOCUMENT + "    " + line + "\n");
        assertTrue(found.contains(message), "expected " + message + " in\n" + found);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
                    { match: { tool: T }, set: { chart.limits.stat.kk: 3 } } | unknown key "kk"
                    { match: { tool: T }, set: { chart.partitionBy: [tool] } } | partitionBy is the same in all contexts
                    { match: { svid: X }, set: { chart.history: 50 } } | common to all charts of a group
                    { match: { svid: X }, set: { chart.limits.stat.baselineRuns: 60 } } | common to all charts of a group
                    { match: { tool: T }, set: { rules.q.severity: log } } | no rule is called "q"
                    { match: { tool: T }, set: { rules.r.when: {} } } | expected rules.r.severity, .actions or .mode, found "when"
                    { match: { svid: X }, set: { rules.r.severity: log } } | can't differ between charts
                    { match: { tool: T }, set: { chart: {} } } | expected a path below chart., rules.<id>. or mode, found "chart"
                    { match: { tool: T } } | expected the key "set", found none
                    """)
    void overridesAreClosed(String override, String message) {
        String found = refusal(DOCUMENT + "overrides:\n  - " + override + "\n");
        assertTrue(found.contains(message), "expected " + message + " in\n" + found);
    }

    @Test
    void allMistakesAreReportedAtOnceInOrder() {
        String found = refusal(DOCUMENT.replace("mode: active", "mode: x")
                .replace("history: 100", "history: no")
                .replace("of: x", "of: nobody")
                .replace("severity: alarm", "severity: 3"));
        assertEquals(
                List.of("s.yaml:4", "s.yaml:7", "s.yaml:14", "s.yaml:15"),
                found.lines()
                        .map(line -> line.replaceAll("^(s.yaml:\\d+).*", "$1"))
                        .toList());
    }

    @Test
    void boundsHold() {
        StringBuilder deep = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            deep.append("{ not: ");
        }
        deep.append("{ outside: stat, of: x }").append(" }".repeat(20));
        assertTrue(refusal(DOCUMENT.replace("{ outside: stat, of: x }", deep)).contains("nested deeper"));
        StringBuilder rules = new StringBuilder(DOCUMENT);
        for (int i = 0; i < 500; i++) {
            rules.append("  - { id: q").append(i).append(", when: { outside: stat, of: x }, severity: log }\n");
        }
        assertTrue(refusal(rules.toString()).contains("expected at most 500 rules, found 501"));
    }

    @Test
    void anyDamageToADocumentIsReadOrRefused() {
        long seed = 41;
        Random random = new Random(seed);
        String good = StrategyBookTest.EXAMPLE;
        String alphabet = "{}[]:,-\"'#*&x0 \n.";
        for (int i = 0; i < 1500; i++) {
            StringBuilder text = new StringBuilder(good);
            for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
                    default -> text.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
                }
            }
            try {
                StrategyBook book = StrategyBook.compile(List.of(new StrategySource("s.yaml", text.toString())));
                Replay replay = new Replay();
                replay.attributes.put("waferType", "product");
                book.match(replay.context(0)).plan(List.of("RF_Impedance"), List.of(5));
            } catch (StrategyException expected) {
                assertTrue(!expected.problems().isEmpty());
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", case " + i + ":\n" + text, e);
            }
        }
    }

    @Test
    void jsonIsADocumentToo() {
        StrategyBook.compile(List.of(new StrategySource(
                "s.json",
                "{\"apiVersion\": \"fdc/v1\", \"strategy\": \"s\", \"version\": 1, \"indicators\":"
                        + " [{\"id\": \"x\", \"svid\": \"X\", \"step\": 5, \"stat\": [\"mean\"]}], \"rules\": [{\"id\": \"r\","
                        + " \"when\": {\"outside\": {\"stat\": 3}, \"of\": \"x\"}, \"severity\": \"alarm\"}]}")));
    }
}
