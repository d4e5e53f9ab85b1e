package io.tfdc.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code promtool} and {@code amtool}: those on the path, or unpacked from Debian's packages into a cache outside the project. */
public final class PrometheusTools {
    private static final Duration FETCH = Duration.ofMinutes(5);
    private static final Duration RUN = Duration.ofMinutes(5);

    private final Path folder;

    private PrometheusTools(Path folder) {
        this.folder = folder;
    }

    /** The tools; the test is skipped where there are none, or fails if {@code -Ddefender.require.servers=true}. */
    public static PrometheusTools obtain() {
        try {
            Optional<Path> known = onPath();
            return new PrometheusTools(
                    known.isPresent() ? known.get() : Machine.cached("prometheus", PrometheusTools::fetched));
        } catch (IOException e) {
            throw Machine.missing("no promtool and amtool: " + e.getMessage(), e);
        }
    }

    /** Runs promtool; fails with what it printed if it is not content. */
    public String promtool(String... arguments) throws IOException {
        return run("promtool", arguments);
    }

    /**
     * What {@code promtool check metrics} finds in an exposition, a line each.
     *
     * @param exposition as scraped
     */
    public List<String> lint(String exposition) throws IOException {
        Path file = Files.createTempFile("defender-exposition-", ".txt");
        try {
            Files.writeString(file, exposition);
            String promtool = folder.resolve("promtool").toString();
            // Its exit code says no more than that it found something.
            String found = Machine.output(
                    RUN,
                    "sh",
                    "-c",
                    "\"$0\" check metrics < \"$1\"; code=$?; [ $code = 0 ] || [ $code = 3 ]",
                    promtool,
                    file.toString());
            return found.lines().toList();
        } finally {
            Files.delete(file);
        }
    }

    /** The server itself; where it is not beside the tools the test is skipped. */
    Path server() {
        Path server = folder.resolve("prometheus");
        if (!Files.isExecutable(server)) {
            throw Machine.missing("no prometheus beside promtool in " + folder, null);
        }
        return server;
    }

    /** Runs amtool; fails with what it printed if it is not content. */
    public String amtool(String... arguments) throws IOException {
        return run("amtool", arguments);
    }

    private String run(String program, String... arguments) throws IOException {
        String[] command = Stream.concat(Stream.of(folder.resolve(program).toString()), Stream.of(arguments))
                .toArray(String[]::new);
        return Machine.output(RUN, command);
    }

    private static Path fetched(Path folder) throws IOException {
        Path script = Path.of(System.getProperty("project.basedir", ""), "src/test/scripts/prometheus-tools.sh");
        String printed = Machine.output(FETCH, "bash", script.toAbsolutePath().toString(), folder.toString());
        return Path.of(printed.substring(printed.lastIndexOf('\n') + 1)).toAbsolutePath();
    }

    private static Optional<Path> onPath() {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(Path::of)
                .filter(path ->
                        Files.isExecutable(path.resolve("promtool")) && Files.isExecutable(path.resolve("amtool")))
                .findFirst();
    }
}
