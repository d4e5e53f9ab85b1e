package io.tfdc.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.testing.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image's scripts without an engine: the runtime that they make starts the program, and the archive that they make is used. */
@Tag("integration")
final class ImageIT {
    private static final Path DOCKER = Chart.projectFile("src/main/docker");

    @TempDir
    private Path folder;

    @Test
    void theRuntimeStartsTheProgramAndTheArchiveIsUsed() throws Exception {
        Path jdk = Path.of(System.getProperty("java.home"));
        Assumptions.assumeTrue(Files.isExecutable(jdk.resolve("bin/jlink")), "no jlink in " + jdk);
        Assumptions.assumeTrue(Runtime.version().feature() < 21, "the scripts are for the Java of the image, 17");
        Path jar = packagedJar();
        Path runtime = folder.resolve("java");
        Path java = runtime.resolve("bin/java");
        Path archive = folder.resolve("defender.jsa");

        run("sh", script("runtime.sh"), jdk.toString(), runtime.toString());
        run("sh", script("archive.sh"), java.toString(), jar.toString(), archive.toString());
        Path loaded = folder.resolve("loaded");
        String summary = run(
                java.toString(),
                "-XX:SharedArchiveFile=" + archive,
                "-Xshare:on",
                "-Xlog:class+load:file=" + loaded,
                "-jar",
                jar.toString(),
                "demo",
                "--runs",
                "5",
                "--json");

        assertTrue(summary.contains("\"runs\":5"), summary);
        List<String> classes = Files.readAllLines(loaded);
        long shared = classes.stream()
                .filter(line -> line.contains("shared objects file"))
                .count();
        assertTrue(classes.size() > 1000, "only " + classes.size() + " classes were loaded");
        assertTrue(shared > 0.9 * classes.size(), shared + " of " + classes.size() + " classes come from the archive");
    }

    /** The jar that is built before these tests; the tests of one class alone may come without it. */
    static Path packagedJar() {
        Path jar = Path.of(System.getProperty("project.build.directory", "target"), "defender.jar");
        Assumptions.assumeTrue(Files.exists(jar), "no " + jar + ": mvn package makes it");
        return jar;
    }

    private static String script(String name) {
        return DOCKER.resolve(name).toString();
    }

    private String run(String... command) throws IOException, InterruptedException {
        Path log = folder.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("TRAINING_PORT", Integer.toString(Machine.freePorts(1)[0]));
        int code = builder.start().waitFor();
        String output = Files.readString(log);
        assertEquals(0, code, () -> String.join(" ", command) + ":\n" + output);
        return output;
    }
}
