package io.tfdc.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image without an engine: what the Dockerfile says, and its two scripts run for real. The runtime they make starts the program,
 * and the archive they make is used.
 */
final class ImageTest {
    private static final Path DOCKER = Chart.projectFile("src/main/docker");

    @TempDir
    private Path folder;

    @Test
    void theDockerfileKeepsItsPromises() throws IOException {
        String dockerfile = Files.readString(DOCKER.resolve("Dockerfile"));

        assertTrue(dockerfile.contains("\nUSER 10001:10001\n"), "a number that isn't root");
        assertTrue(dockerfile.contains("\nSTOPSIGNAL SIGTERM\n"));
        assertTrue(
                dockerfile.contains("\nENTRYPOINT [\"java\", "),
                "java is process 1, without a shell that would keep signals");
        assertTrue(dockerfile.contains("HEALTHCHECK"));
        assertFalse(Pattern.compile("(?m)^ADD |curl|wget|apt-get|:latest")
                .matcher(dockerfile)
                .find());
        List<String> bases = found(dockerfile, "(?m)^ARG \\w+_IMAGE=(\\S+)$");
        assertEquals(2, bases.size());
        bases.forEach(base -> assertTrue(
                base.matches("[^:@]+(:[^:@]*[0-9]{4,}[^:@]*|:[0-9]+\\.[0-9]+\\.[0-9]+[^:@]*|@sha256:.+)"), base));
        assertEquals(List.of("${JDK_IMAGE}", "${BASE_IMAGE}", "${BASE_IMAGE}"), found(dockerfile, "(?m)^FROM (\\S+)"));
    }

    @Test
    void theChartRunsItAsItsUser() throws IOException {
        String user = found(Files.readString(DOCKER.resolve("Dockerfile")), "(?m)^USER (\\d+):")
                .get(0);

        assertEquals(
                Long.valueOf(user),
                Variant.PROD
                        .render()
                        .workload("defender")
                        .pod()
                        .getSecurityContext()
                        .getRunAsUser());
    }

    @Test
    void whatIsCopiedIsNotIgnored() throws IOException {
        List<String> kept = found(Files.readString(Chart.projectFile(".dockerignore")), "(?m)^!(.+)$");
        for (String source :
                found(Files.readString(DOCKER.resolve("Dockerfile")), "(?m)^COPY (?:--chmod=\\d+ )?([a-z]\\S*) ")) {
            assertTrue(kept.stream().anyMatch(source::startsWith), source);
        }
    }

    @Test
    @Tag("integration")
    void theRuntimeStartsTheProgramAndTheArchiveIsUsed() throws Exception {
        Path jdk = Path.of(System.getProperty("java.home"));
        Assumptions.assumeTrue(Files.isExecutable(jdk.resolve("bin/jlink")), "no jlink in " + jdk);
        Assumptions.assumeTrue(Runtime.version().feature() < 21, "the scripts are for the Java of the image, 17");
        Path jar = runnableJar();
        Path runtime = folder.resolve("java");
        Path java = runtime.resolve("bin/java");
        Path archive = folder.resolve("defender.jsa");

        run("sh", DOCKER.resolve("runtime.sh").toString(), jdk.toString(), runtime.toString());
        run("sh", DOCKER.resolve("archive.sh").toString(), java.toString(), jar.toString(), archive.toString());
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
        // Libraries are beside the jar here, where the JVM archives fewer of their classes than of the one jar of the
        // image.
        List<String> own = Files.readAllLines(loaded).stream()
                .filter(line -> line.contains(" io.tfdc."))
                .toList();
        long shared = own.stream()
                .filter(line -> line.contains("shared objects file"))
                .count();
        assertTrue(own.size() > 100, "only " + own.size() + " classes were loaded");
        assertTrue(shared > 0.9 * own.size(), shared + " of " + own.size() + " classes come from the archive");
    }

    /** The jar as it is built later, with its libraries beside it: an archive takes no folders of classes. */
    private Path runnableJar() throws IOException {
        List<String> libraries = new ArrayList<>();
        Path classes = null;
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (element.endsWith(".jar")) {
                libraries.add(Path.of(element).toUri().getPath());
            } else if (element.endsWith("classes") && !element.endsWith("test-classes")) {
                classes = Path.of(element);
            }
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "io.tfdc.Main");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, String.join(" ", libraries));
        Path jar = folder.resolve("defender.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                Stream<Path> entries = Files.walk(classes)) {
            for (Path entry : entries.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(entry).toString()));
                Files.copy(entry, out);
            }
        }
        return jar;
    }

    private String run(String... command) throws IOException, InterruptedException {
        Path log = folder.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("TRAINING_PORT", Integer.toString(freePort()));
        Process process = builder.start();
        int code = process.waitFor();
        String output = Files.readString(log);
        assertEquals(0, code, () -> String.join(" ", command) + ":\n" + output);
        return output;
    }

    private static int freePort() throws IOException {
        try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static List<String> found(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
