package io.tfdc.mebo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** One golden description: {@code NAME.json} or {@code NAME.json.gz}, with the blob beside it. */
record GoldenCase(Path file) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** All descriptions of the bundled folder, the shared one and those named on the command line. */
    static List<GoldenCase> all() {
        List<Path> folders = new ArrayList<>();
        folders.add(Path.of(System.getProperty("project.basedir", "."), "src/test/resources/golden/mebo"));
        String shared = System.getProperty("shared.data", "");
        if (!shared.isBlank()) {
            folders.add(Path.of(shared, "mebo"));
        }
        for (String folder : System.getProperty("defender.golden.mebo", "").split("[,:]")) {
            if (!folder.isBlank()) {
                folders.add(Path.of(folder.strip()));
            }
        }
        return folders.stream()
                .filter(Files::isDirectory)
                .flatMap(folder -> in(folder).stream())
                .toList();
    }

    static List<GoldenCase> bundled() {
        return in(Path.of(System.getProperty("project.basedir", "."), "src/test/resources/golden/mebo"));
    }

    private static List<GoldenCase> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            f -> f.toString().endsWith(".json") || f.toString().endsWith(".json.gz"))
                    .sorted()
                    .map(GoldenCase::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<GoldenCase> ofKind(String... kinds) {
        Predicate<GoldenCase> wanted = c -> List.of(kinds).contains(c.kind());
        return all().stream().filter(wanted);
    }

    String name() {
        return file.getFileName().toString().replaceAll("\\.json(\\.gz)?$", "");
    }

    /**
     * {@code numeric}, {@code text}, {@code corrupt} or {@code blobset}; read from the first fields, so that listing
     * the cases is quick.
     */
    String kind() {
        try (InputStream in = open()) {
            String head = new String(in.readNBytes(500), StandardCharsets.UTF_8);
            Matcher kind = Pattern.compile("\"kind\"\\s*:\\s*\"(\\w+)\"").matcher(head);
            return kind.find() ? kind.group(1) : json().path("kind").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    JsonNode json() {
        try (InputStream in = open()) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    private InputStream open() throws IOException {
        InputStream raw = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
    }

    byte[] blob() {
        return blob(name() + ".mebo");
    }

    byte[] blob(String fileName) {
        try {
            return Files.readAllBytes(blobFile(fileName));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path blobFile(String fileName) {
        return file.resolveSibling(fileName);
    }
}
