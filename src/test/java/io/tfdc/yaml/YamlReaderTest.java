package io.tfdc.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
    @Test
    void everyNodeKnowsItsLineColumnAndPath() {
        YamlMapping root = YamlReader.read("s.yaml", """
                        rules:
                          - id: a
                            when:
                              any: [ {x: 1}, {y: 2} ]
                        """).asMapping();
        YamlMapping rule = get(root, "rules").asSequence().items().get(0).asMapping();
        YamlNode second =
                get(get(rule, "when").asMapping(), "any").asSequence().items().get(1);
        assertEquals("s.yaml:4:22: rules[0].when.any[1]", second.at().toString());
        assertEquals(
                "s.yaml:4:26: rules[0].when.any[1].y",
                get(second.asMapping(), "y").at().toString());
    }

    @Test
    void jsonReadsToo() {
        YamlMapping root = YamlReader.read("a.json", "{\"a\": [1, 2.5e3, true, null, \"5\"],\n\t\"b\": {}}")
                .asMapping();
        List<YamlNode> items = get(root, "a").asSequence().items();
        assertEquals(1, items.get(0).asInt());
        assertEquals(2500.0, items.get(1).asDouble());
        assertTrue(items.get(2).asBoolean());
        assertTrue(items.get(3).isNull());
        assertThrows(YamlException.class, () -> items.get(4).asInt());
        assertEquals("5", items.get(4).asText());
    }

    @Test
    void emptyTextIsAnEmptyMapping() {
        assertTrue(YamlReader.read("x", "# nothing\n").asMapping().entries().isEmpty());
        assertTrue(YamlReader.read("x", "").asMapping().entries().isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a: 1\\na: 2          | x:2:1: a: duplicate key, first in line 1
                    a: &b 1              | x:1:4: a: anchors (&name) are not supported: repeat the value
                    a: *b                | x:1:4: a: aliases (*name) are not supported: repeat the value
                    a: !!int 5           | x:1:4: a: tags (tag:yaml.org,2002:int) are not supported
                    ? [a]\\n: b          | x:1:3: expected a text as key, found a list or mapping
                    a: 1\\n---\\nb: 2    | x:2:1: expected one document, found another
                    """)
    void whatIsRefused(String text, String message) {
        YamlException e = assertThrows(YamlException.class, () -> YamlReader.read("x", text.replace("\\n", "\n")));
        assertEquals(message, e.getMessage());
    }

    @Test
    void brokenYamlNamesThePlace() {
        YamlException e = assertThrows(YamlException.class, () -> YamlReader.read("x", "a: [1, 2\nb: 3"));
        assertTrue(e.getMessage().startsWith("x:2:"), e.getMessage());
        assertTrue(e.getMessage().contains("not YAML"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- "})
    void depthIsBounded(String opening) {
        YamlException e = assertThrows(YamlException.class, () -> YamlReader.read("x", opening.repeat(100_000)));
        assertTrue(e.getMessage().contains("nested deeper") || e.getMessage().contains("not YAML"), e.getMessage());
    }

    @Test
    void sizeAndNodeCountAreBounded() {
        assertThrows(YamlException.class, () -> YamlReader.read("x", "a".repeat(YamlReader.MAX_LENGTH + 1)));
        YamlException e =
                assertThrows(YamlException.class, () -> YamlReader.read("x", "[" + "1,".repeat(100_001) + "]"));
        assertTrue(e.getMessage().contains("more than"), e.getMessage());
    }

    @Test
    void arbitraryTextIsReadOrRefusedButNeverFailsOtherwise() {
        long seed = 20_260_101;
        Random random = new Random(seed);
        String alphabet = "ab:{}[]-,'\"\n \t#&*!|>%@`?~\u0000\u00e90.";
        for (int i = 0; i < 20_000; i++) {
            String text = random.ints(random.nextInt(40), 0, alphabet.length())
                    .mapToObj(c -> String.valueOf(alphabet.charAt(c)))
                    .collect(Collectors.joining());
            try {
                assertFalse(YamlReader.read("x", text).describe().isEmpty());
            } catch (YamlException expected) {
                assertFalse(expected.problems().isEmpty());
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", text " + text, e);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2s,2000", "500ms,500", "1.5m,90000", "24h,86400000", "1d,86400000", "0,0"})
    void durationsHaveUnits(String text, long millis) {
        assertEquals(Duration.ofMillis(millis), YamlReader.read("x", text).asDuration());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "-2s", "s", "2 weeks", "[1]", "99999999999999d"})
    void otherDurationsAreRefused(String text) {
        assertThrows(YamlException.class, () -> YamlReader.read("x", text).asDuration());
    }

    @ParameterizedTest
    @CsvSource({"0x1F,31", "0o17,15", "-3,-3", "+4,4", "007,7"})
    void integersOfTheCoreSchema(String text, int value) {
        assertEquals(value, YamlReader.read("x", text).asInt());
    }

    @Test
    void numbersOutOfBoundsSayWhatWasExpected() {
        YamlException e = assertThrows(
                YamlException.class,
                () -> YamlReader.read("x", "n: 500").asMapping().get("n").asInt(1, 100));
        assertEquals("x:1:4: n: expected an integer from 1 to 100, found 500", e.getMessage());
        assertEquals(Double.NEGATIVE_INFINITY, YamlReader.read("x", "-.inf").asDouble());
        assertThrows(YamlException.class, () -> YamlReader.read("x", ".inf").asDouble(0, 1));
    }

    @Test
    void mappingReaderReportsEverythingWrongAtOnce() {
        YamlProblems problems = new YamlProblems();
        MappingReader reader = new MappingReader(
                YamlReader.read("c.yaml", "sevrity: alarm\nruns: many\nmode: actve\nzzz: 1\nmatch: 3\n"), problems);
        assertEquals("warning", reader.text("severity", "warning"));
        assertEquals(3, reader.integer("runs", 3, 1, 100));
        assertEquals("off", reader.choice("mode", "off", List.of("active", "dry-run", "off")));
        reader.mapping("match").finish();
        reader.required("id");
        reader.finish();
        assertEquals(
                List.of(
                        "c.yaml:1:1: expected the key \"id\", found none",
                        "c.yaml:1:1: sevrity: unknown key \"sevrity\", did you mean \"severity\"?",
                        "c.yaml:2:7: runs: expected an integer from 1 to 100, found the text \"many\"",
                        "c.yaml:3:7: mode: expected one of active, dry-run, off, found \"actve\", did you mean"
                                + " \"active\"?",
                        "c.yaml:4:1: zzz: unknown key \"zzz\", expected severity, runs, mode, match, id",
                        "c.yaml:5:8: match: expected a mapping, found 3"),
                problems.list().stream().map(YamlProblem::toString).toList());
        assertThrows(YamlException.class, problems::throwIfAny);
    }

    @Test
    void aSingleValueCountsAsAListOfOne() {
        MappingReader reader =
                new MappingReader(YamlReader.read("x", "a: one\nb: [one, two]\nc:\n"), new YamlProblems());
        assertEquals(List.of("one"), reader.texts("a"));
        assertEquals(List.of("one", "two"), reader.texts("b"));
        assertEquals(List.of(), reader.texts("c"));
        assertTrue(reader.isExplicitNull("c"));
        assertFalse(reader.isExplicitNull("d"));
    }

    private static YamlNode get(YamlMapping mapping, String key) {
        return Objects.requireNonNull(mapping.get(key), key);
    }
}
