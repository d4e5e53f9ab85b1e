package io.tfdc.strategy;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The page about the language says what the parsers accept: its examples compile, and it names every key and every kind. */
class StrategyDocumentationTest {
    private static final Path PAGE = Path.of("docs", "strategy-language.md");
    private static final Path PROVIDED = Path.of("src", "main", "resources", "strategies");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```yaml(?: (\\w+))?$\\n(.*?)^```$");

    private static final String HEAD = "apiVersion: fdc/v1\nstrategy: example\nversion: 1\n";
    private static final String INDICATORS = """
            indicators:
              - { id: rfz, svid: RF_Impedance, step: 5, stat: mean }
              - { id: rfzs, svid: RF_Impedance, step: 5, stat: std }
              - { id: prs, svid: Pressure, step: 4, stat: mean }
            """;
    private static final String RULES = """
            rules:
              - { id: first, when: { outside: stat, of: rfz }, severity: alarm }
              - { id: drift, when: { ewma: { of: rfz } }, severity: warning }
            """;

    /** @param kind the word after {@code yaml}: {@code complete} or the section that it belongs to */
    private record Example(String kind, int line, String yaml) {
        /** A document around it. */
        String document() {
            return switch (kind) {
                case "complete" -> yaml;
                case "match", "chart" -> HEAD + kind + ":\n" + yaml.indent(2) + INDICATORS + RULES;
                case "indicators" -> HEAD + "indicators:\n" + yaml.indent(2);
                case "rules" -> HEAD + INDICATORS + "rules:\n" + yaml.indent(2);
                case "overrides", "suppress" -> HEAD + INDICATORS + RULES + kind + ":\n" + yaml.indent(2);
                case "when" -> HEAD + INDICATORS + "rules:\n" + rulesAround(yaml);
                default -> throw new IllegalArgumentException(PAGE + ":" + line + ": unknown kind \"" + kind + '"');
            };
        }

        private static String rulesAround(String conditions) {
            StringBuilder rules = new StringBuilder();
            int n = 0;
            for (String condition : conditions.split("\\R")) {
                rules.append("  - { id: r").append(n++).append(", severity: log, when: ");
                String body = condition.substring(2);
                rules.append(body.startsWith("{") ? body : "{ " + body + " }").append(" }\n");
            }
            return rules.toString();
        }
    }

    private static String page() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Example> examples() {
        String page = page();
        List<Example> examples = new ArrayList<>();
        Matcher block = BLOCK.matcher(page);
        while (block.find()) {
            int line = (int) page.substring(0, block.start()).lines().count() + 1;
            examples.add(new Example(block.group(1) == null ? "" : block.group(1), line, block.group(2)));
        }
        return examples;
    }

    private static StrategyBook compile(String name, String yaml) {
        return StrategyBook.compile(List.of(new StrategySource(name, yaml)));
    }

    @TestFactory
    Stream<DynamicTest> everyExampleCompiles() {
        return examples().stream()
                .map(example -> dynamicTest(
                        example.kind() + " in line " + example.line(),
                        () -> assertDoesNotThrow(
                                () -> compile(PAGE + ":" + example.line(), example.document()),
                                () -> "example:\n" + example.document())));
    }

    @Test
    void thePageHasCompleteExamplesAndOneOfEverySection() {
        List<String> kinds = examples().stream().map(Example::kind).toList();
        assertTrue(kinds.stream().filter("complete"::equals).count() >= 4, kinds.toString());
        assertTrue(
                kinds.containsAll(List.of("match", "chart", "indicators", "rules", "when", "overrides", "suppress")),
                kinds.toString());
        assertEquals(
                kinds.size(),
                Pattern.compile("(?m)^```yaml").matcher(page()).results().count());
    }

    @TestFactory
    Stream<DynamicTest> everyStrategyThatComesWithTheProgramCompiles() throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(PROVIDED)) {
            files = found.sorted().toList();
        }
        assertTrue(files.size() >= 3, files.toString());
        return files.stream()
                .map(file -> dynamicTest(
                        file.getFileName().toString(), () -> compile(file.toString(), Files.readString(file))));
    }

    @Test
    void completeExamplesMayBeInForceTogether() {
        List<StrategySource> sources = examples().stream()
                .filter(example -> example.kind().equals("complete"))
                .map(example -> new StrategySource(PAGE + ":" + example.line(), example.yaml()))
                .toList();
        assertEquals(sources.size(), StrategyBook.compile(sources).strategies().size());
    }

    /** A key that no parser knows makes it list those that it does. */
    @TestFactory
    Stream<DynamicTest> thePageNamesEveryKey() {
        String rule = "rules: [ { id: r, severity: log, when: { outside: stat, of: rfz }";
        String condition = "rules: [ { id: r, severity: log, when: ";
        return Stream.of(
                        "QQQQQ: 1",
                        "match: { QQQQQ: 1 }",
                        "chart: { QQQQQ: 1 }",
                        "chart: { learning: { QQQQQ: 1 } }",
                        "chart: { limits: { QQQQQ: 1 } }",
                        "chart: { limits: { stat: { QQQQQ: 1 } } }",
                        "chart: { limits: { stat: { minHalfWidth: { QQQQQ: 1 } } } }",
                        "chart: { limits: { spec: { QQQQQ: 1 } } }",
                        "chart: { afterEpoch: { QQQQQ: 1 } }",
                        rule + ", QQQQQ: 1 } ]",
                        rule + ", latch: true, clear: { QQQQQ: 1 } } ]",
                        rule + ", cooldown: { QQQQQ: 1 } } ]",
                        rule + ", escalate: { to: alarm, QQQQQ: 1, after: { withinRuns: 3 } } } ]",
                        rule + ", escalate: { to: alarm, after: { QQQQQ: 1 } } } ]",
                        rule + ", actions: [ { QQQQQ: 1 } ] } ]",
                        condition + "{ QQQQQ: 1 } } ]",
                        condition + "{ outside: stat, of: rfz, QQQQQ: 1 } } ]",
                        condition + "{ outside: { stat: 3, QQQQQ: 1 }, of: rfz } } ]",
                        condition + "{ nelson: { of: rfz, QQQQQ: 1 } } } ]",
                        condition + "{ ewma: { of: rfz, QQQQQ: 1 } } } ]",
                        condition + "{ cusum: { of: rfz, QQQQQ: 1 } } } ]",
                        condition + "{ rateOfChange: { of: rfz, abs: 1, QQQQQ: 1 } } } ]",
                        condition + "{ count: { of: [ { outside: stat, of: rfz } ], atLeast: 1, QQQQQ: 1 } } } ]",
                        condition + "{ consecutive: { runs: 2, cond: { outside: stat, of: rfz }, QQQQQ: 1 } } } ]",
                        condition + "{ kOfN: { k: 1, n: 2, cond: { outside: stat, of: rfz }, QQQQQ: 1 } } } ]",
                        condition + "{ dataQuality: { QQQQQ: 1 } } } ]",
                        condition + "{ dataQuality: { finding: QQQQQ } } } ]",
                        condition + "{ dataQuality: { stale: rfz, for: 1h, QQQQQ: 1 } } } ]",
                        condition + "{ event: vent, runs: 1, QQQQQ: 1 } } ]",
                        condition + "{ spe: { of: rfz, components: 1, QQQQQ: 1 } } } ]",
                        condition + "{ gt: [ { QQQQQ: 1 }, 2 ] } } ]",
                        condition + "{ gt: [ { limit: [ rfz, QQQQQ ] }, 2 ] } } ]",
                        "overrides: [ { match: { tool: A }, set: {}, QQQQQ: 1 } ]",
                        "overrides: [ { match: { QQQQQ: A }, set: {} } ]",
                        "suppress: [ { when: { tool: A }, QQQQQ: 1 } ]",
                        "suppress: [ { when: { tool: A }, effect: QQQQQ } ]")
                .map(section -> dynamicTest(section, () -> assertNamed(HEAD + INDICATORS + section)));
    }

    @Test
    void thePageNamesEveryIndicatorKey() {
        assertNamed(HEAD + "indicators: [ { svid: A, stat: mean, QQQQQ: 1 } ]");
        assertNamed(HEAD + "indicators: [ { svid: A, stat: mean, window: { QQQQQ: 1 } } ]");
    }

    private static void assertNamed(String yaml) {
        StrategyException e = assertThrows(StrategyException.class, () -> compile("unknown.yaml", yaml));
        assertEquals(1, e.problems().size(), e.getMessage());
        String message = e.problems().get(0).message();
        Matcher listed = Pattern.compile(
                        "expected (?:a condition with |a number or )?(?:one of )?([\\w-]+(?:, (?!found\\b)[\\w-]+)+)")
                .matcher(message);
        assertTrue(listed.find(), message);
        List<String> keys = List.of(listed.group(1).split(", "));
        String code = codeOf(page());
        List<String> unnamed = keys.stream()
                .filter(key -> !Pattern.compile("(?<![\\w-])" + Pattern.quote(key) + "(?![\\w-])")
                        .matcher(code)
                        .find())
                .toList();
        assertEquals(List.of(), unnamed, message);
    }

    /** Everything between backquotes, blocks included. */
    private static String codeOf(String page) {
        StringBuilder code = new StringBuilder();
        Matcher inline = Pattern.compile("`([^`\\n]+)`").matcher(page);
        while (inline.find()) {
            code.append(inline.group(1)).append('\n');
        }
        examples().forEach(example -> code.append(example.yaml()));
        return code.toString();
    }
}
