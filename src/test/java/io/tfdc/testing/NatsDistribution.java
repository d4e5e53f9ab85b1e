package io.tfdc.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A nats-server of 2.10 or newer: an image where a Docker engine answers, else a program, which is the one that {@code NATS_SERVER}
 * names, the one on the path, or one unpacked from a Debian suite into a cache outside the project.
 */
public final class NatsDistribution {
    private static final Duration FETCH = Duration.ofMinutes(5);
    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.(\\d+)\\.");

    private final Supplier<ServerProcess> servers;

    private NatsDistribution(Supplier<ServerProcess> servers) {
        this.servers = servers;
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
            return new NatsDistribution(() -> container(image.get()));
        }
        try {
            Path program = program(suite);
            return new NatsDistribution(() -> child(program));
        } catch (IOException e) {
            throw Machine.missing("no nats-server: " + e.getMessage(), e);
        }
    }

    /** A new server with a port of its own that doesn't run yet. */
    ServerProcess prepare() {
        return servers.get();
    }

    private static ServerProcess container(DockerImageName image) {
        int port = Machine.freePorts(1)[0];
        String[] arguments = {"-a", "0.0.0.0", "-p", Integer.toString(port), "-js", "-sd", "/data"};
        return new ContainerProcess(new GenericContainer<>(image).withCommand(arguments), port);
    }

    private static ServerProcess child(Path program) {
        int port = Machine.freePorts(1)[0];
        Path folder = Machine.scratch("defender-nats-");
        List<String> command =
                List.of(program.toString(), "-a", Machine.LOOPBACK, "-p", Integer.toString(port), "-js", "-sd", "data");
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
