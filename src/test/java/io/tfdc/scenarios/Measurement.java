package io.tfdc.scenarios;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * What a scenario measured: one line of JSON, printed and added to {@code target/scenarios.jsonl}. Times are in ms, {@code load} is the
 * machine's load average, {@code from} says whether the members are processes of their own or share one JVM.
 */
final class Measurement {
    private final JsonObject line = new JsonObject();

    Measurement(String scenario, String from) {
        line.put("scenario", scenario).put("from", from);
    }

    Measurement put(String name, Duration time) {
        line.put(name, time.toMillis());
        return this;
    }

    Measurement put(String name, Distribution times) {
        line.put(name, times.toJson());
        return this;
    }

    Measurement put(String name, long number) {
        line.put(name, number);
        return this;
    }

    Measurement put(String name, double number) {
        line.put(name, Math.round(number * 1000) / 1000.0);
        return this;
    }

    Measurement put(String name, String text) {
        line.put(name, text);
        return this;
    }

    void write() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        line.put("load", Math.round(load * 10) / 10.0);
        String text = line.encode();
        System.out.println(text);
        Path file = Path.of(System.getProperty("project.build.directory", "target"), "scenarios.jsonl");
        try {
            Files.writeString(file, text + '\n', StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
