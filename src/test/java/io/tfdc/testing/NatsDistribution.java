package io.tfdc.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * A nats-server of 2.10 or newer: an image where a Docker engine answers, else a program, which is the one that {@code NATS_SERVER}
 * names, the one on the path, or one unpacked from a Debian suite into a cache outside the project.
 */
public final class NatsDistribution {
    private static final Duration FETCH = Duration.ofMinutes(5);
    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.(\\d+)\\.");

    private final BiFunction<List<String>, Map<String, String>, ServerProcess> servers;
    private final List<String> arguments;
    private final Map<String, String> files;

    private NatsDistribution(
            BiFunction<List<String>, Map<String, String>, ServerProcess> servers,
            List<String> arguments,
            Map<String, String> files) {
        this.servers = servers;
        this.arguments = List.copyOf(arguments);
        this.files = Map.copyOf(files);
    }

    /** Debian suites and images, and the servers they have. {@code -Ddefender.nats.image} replaces the image of both. */
    public enum Suite {
        /** 2.10: the oldest release supported. */
        TRIXIE("nats:2.10-alpine"),
        /** The newest release. */
        SID("nats:2-alpine");

        private final String image;

        Suite(String image) {
            this.image = image;
        }
    }

    /** The default server of the tests: {@code -Ddefender.nats.suite=trixie|sid}, the newest unless said otherwise. */
    public static NatsDistribution obtain() {
        String suite = System.getProperty("defender.nats.suite", "sid");
        return obtain(Suite.valueOf(suite.toUpperCase(Locale.ROOT)));
    }

    /** A suite's server; the test is skipped where there is none, or fails if {@code -Ddefender.require.servers=true}. */
    public static NatsDistribution obtain(Suite suite) {
        Optional<DockerImageName> image = DockerEngine.image(System.getProperty("defender.nats.image", suite.image));
        if (image.isPresent()) {
            return new NatsDistribution((more, files) -> container(image.get(), more, files), List.of(), Map.of());
        }
        return obtainProgram(suite);
    }

    /**
     * A suite's server as a child process of this JVM, even where a Docker engine answers: for servers that have to reach each other. The
     * test is skipped where there is none, or fails if {@code -Ddefender.require.servers=true}.
     */
    public static NatsDistribution obtainProgram(Suite suite) {
        try {
            Path program = program(suite);
            return new NatsDistribution((more, files) -> child(program, more, files), List.of(), Map.of());
        } catch (IOException e) {
            throw Machine.missing("no nats-server: " + e.getMessage(), e);
        }
    }

    /** The same server with more arguments, which name text files in its working directory. */
    public NatsDistribution with(Map<String, String> newFiles, String... newArguments) {
        return new NatsDistribution(servers, List.of(newArguments), newFiles);
    }

    /** A new server with a port of its own that doesn't run yet. */
    ServerProcess prepare() {
        return servers.apply(arguments, files);
    }

    private static ServerProcess container(DockerImageName image, List<String> more, Map<String, String> files) {
        int port = Machine.freePorts(1)[0];
        List<String> arguments = new ArrayList<>(List.of("-a", "0.0.0.0", "-p", Integer.toString(port)));
        arguments.addAll(List.of("-js", "-sd", "/data"));
        arguments.addAll(more);
        GenericContainer<?> container = new GenericContainer<>(image)
                .withCommand(arguments.toArray(String[]::new))
                .withWorkingDirectory("/");
        files.forEach((name, text) -> container.withCopyToContainer(Transferable.of(text), '/' + name));
        return new ContainerProcess(container, port);
    }

    private static ServerProcess child(Path program, List<String> more, Map<String, String> files) {
        int port = Machine.freePorts(1)[0];
        Path folder = Machine.scratch("defender-nats-");
        files.forEach((name, text) -> {
            try {
                Files.writeString(folder.resolve(name), text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        List<String> command = new ArrayList<>(List.of(
                program.toString(), "-a", Machine.LOOPBACK, "-p", Integer.toString(port), "-js", "-sd", "data"));
        command.addAll(more);
        return new ChildProcess(folder, port, command);
    }

    private static Path program(Suite suite) throws IOException {
        String named = System.getenv("NATS_SERVER");
        if (named != null && isNewEnough(Path.of(named))) {
            return Path.of(named);
        }
        String name = suite.name().toLowerCase(Locale.ROOT);
        try {
            return Machine.cached("nats-" + name, folder -> fetched(folder, name));
        } catch (IOException e) {
            return onPath().orElseThrow(() -> e);
        }
    }

    private static Path fetched(Path folder, String suite) throws IOException {
        Path script = Path.of(System.getProperty("project.basedir", ""), "src/test/scripts/nats-server.sh");
        String printed = Machine.output(FETCH, "bash", script.toAbsolutePath().toString(), folder.toString(), suite);
        return Path.of(printed.substring(printed.lastIndexOf('\n') + 1)).toAbsolutePath();
    }

    private static Optional<Path> onPath() {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, "nats-server"))
                .filter(NatsDistribution::isNewEnough)
                .findFirst();
    }

    private static boolean isNewEnough(Path program) {
        if (!Files.isExecutable(program)) {
            return false;
        }
        try {
            Matcher version = VERSION.matcher(Machine.output(FETCH, program.toString(), "--version"));
            return version.find()
                    && (Integer.parseInt(version.group(1)) > 2 || Integer.parseInt(version.group(2)) >= 10);
        } catch (IOException e) {
            return false;
        }
    }
}
