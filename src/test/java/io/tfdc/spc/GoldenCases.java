package io.tfdc.spc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.ThrowingConsumer;

/** Golden cases from the project, from the folder of shared data and from {@code -Ddefender.golden.spc=DIR}, told apart by content. */
final class GoldenCases {
    enum Kind {
        SERIES,
        TRACE,
        T2,
        XBAR,
        CAPABILITY,
        ARL,
        CONSTANTS,
        UNKNOWN
    }

    record Case(Path file, JsonNode json) {
        JsonNode expected() {
            return json.path("expected");
        }

        double[] values() {
            return numbers(json.get("values"));
        }

        double[] baseline() {
            JsonNode range = json.get("baseline");
            return Arrays.copyOfRange(
                    values(), range.get(0).asInt() - 1, range.get(1).asInt());
        }

        /** An expected number; NaN where it is null or missing. */
        double number(String name) {
            JsonNode node = expected().path(name);
            return node.isNumber() ? node.asDouble() : Double.NaN;
        }

        Comparison comparison() {
            double sigma = number("monitor_sigma");
            double sd = expected().get("descriptive_all").path("sd_sample").asDouble(Double.NaN);
            return new Comparison(
                    expected().get("suggested_relative_tolerance").asDouble(), Double.isFinite(sigma) ? sigma : sd);
        }

        Kind kind() {
            if (json.has("values") && expected().has("phase1_limits")) {
                return Kind.SERIES;
            }
            if (json.has("svids")) {
                return Kind.TRACE;
            }
            if (expected().has("t2")) {
                return Kind.T2;
            }
            if (json.has("groups")) {
                return Kind.XBAR;
            }
            if (json.has("lsl") || json.has("usl")) {
                return Kind.CAPABILITY;
            }
            if (json.has("arl")) {
                return Kind.ARL;
            }
            return json.has("rows") ? Kind.CONSTANTS : Kind.UNKNOWN;
        }
    }

    private GoldenCases() {}

    /** One test per case of the kind; a single skipped test when there is none. */
    static Stream<DynamicTest> tests(Kind kind, ThrowingConsumer<Case> check) {
        List<DynamicTest> tests = new ArrayList<>();
        for (Case found : all()) {
            if (found.kind() == kind) {
                tests.add(DynamicTest.dynamicTest(found.file().getFileName().toString(), () -> check.accept(found)));
            }
        }
        if (tests.isEmpty()) {
            tests.add(DynamicTest.dynamicTest(
                    "no golden case of kind " + kind,
                    () -> Assumptions.abort("no golden case of kind " + kind + " in " + folders())));
        }
        return tests.stream();
    }

    static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        ObjectMapper mapper = new ObjectMapper();
        for (Path folder : folders()) {
            try (Stream<Path> files = Files.walk(folder, 6)) {
                for (Path file : files.filter(f -> f.toString().endsWith(".json"))
                        .sorted()
                        .toList()) {
                    JsonNode json = mapper.readTree(Files.readAllBytes(file));
                    if (json.isObject()) {
                        cases.add(new Case(file, json));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(folder.toString(), e);
            }
        }
        return cases;
    }

    static List<Path> folders() {
        List<Path> folders = new ArrayList<>();
        try {
            folders.add(Path.of(GoldenCases.class.getResource("/golden/spc").toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        shared("spc").ifPresentAdd(folders);
        String further = System.getProperty("defender.golden.spc", "");
        if (!further.isEmpty()) {
            if (!Files.isDirectory(Path.of(further))) {
                throw new IllegalStateException("defender.golden.spc=" + further + " is not a folder");
            }
            folders.add(Path.of(further));
        }
        return folders;
    }

    static Shared shared(String name) {
        return new Shared(Path.of(System.getProperty("shared.data", "."), name));
    }

    record Shared(Path folder) {
        void ifPresentAdd(List<Path> folders) {
            if (Files.isDirectory(folder)) {
                folders.add(folder);
            }
        }

        Path orSkip() {
            Assumptions.assumeTrue(Files.isDirectory(folder), "missing " + folder);
            return folder;
        }
    }

    /** Numbers of a JSON array; null becomes NaN. */
    static double[] numbers(JsonNode array) {
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).isNull() ? Double.NaN : array.get(i).asDouble();
        }
        return values;
    }
}
