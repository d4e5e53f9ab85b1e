package io.tfdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands pay for what they use: a look at the help must not load the frameworks. */
class StartUpTest {
    private static final List<String> HEAVY =
            List.of("io.vertx.", "io.netty.", "io.nats.", "com.datastax.", "org.sqlite.", "ch.qos.logback.");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"--help", "config --check"})
    void light_commands_load_no_framework(String commandLine) throws IOException, InterruptedException {
        Path log = directory.resolve("classes.log");
        Path output = directory.resolve("output.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Xlog:class+load=info:file=" + log + ":none",
                "-cp",
                System.getProperty("java.class.path"),
                "io.tfdc.Main"));
        command.addAll(List.of(commandLine.split(" ")));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("DEFENDER_") || name.startsWith("JAVA_TOOL"));
        assertEquals(0, builder.start().waitFor(), () -> text(output));
        try (Stream<String> classes = Files.lines(log)) {
            List<String> loaded = classes.toList();
            assertTrue(loaded.stream().anyMatch(line -> line.startsWith("io.tfdc.Main")), "no class log");
            assertEquals(
                    List.of(),
                    loaded.stream()
                            .filter(line -> HEAVY.stream().anyMatch(line::startsWith))
                            .map(line -> line.split(" ", 2)[0])
                            .limit(10)
                            .toList());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
