package io.tfdc.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the Dockerfile says. What it does is for {@link ImageIT} and {@link ContainerIT}. */
final class ImageTest {
    private static final Path DOCKER = Chart.projectFile("src/main/docker");

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
        assertEquals(
                List.of("${JDK_IMAGE}", "${JDK_IMAGE}", "${BASE_IMAGE}", "${BASE_IMAGE}"),
                found(dockerfile, "(?m)^FROM (\\S+)"));
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
        for (String source : found(Files.readString(DOCKER.resolve("Dockerfile")), "(?m)^COPY ([a-z]\\S*) ")) {
            assertTrue(kept.stream().anyMatch(source::startsWith), source);
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
