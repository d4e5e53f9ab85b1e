package io.tfdc.testing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * A nats-server program of 2.10 or newer: the one that {@code NATS_SERVER} names, the one on the path, or one unpacked from a Debian suite
 * into a cache outside the project.
 *
 * @param program the executable
 */
public record NatsDistribution(Path program) {
    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.(\\d+)\\.");

    /** Debian suites and the servers they have. */
    public enum Suite {
        /** 2.10: the oldest release supported. */
        TRIXIE,
        /** The newest release. */
        SID
    }

    /** The default server of the tests: {@code -Ddefender.nats.suite=trixie|sid}, the newest unless said otherwise. */
    public static NatsDistribution obtain() {
        String suite = System.getProperty("defender.nats.suite", "sid");
        return obtain(Suite.valueOf(suite.toUpperCase(java.util.Locale.ROOT)));
    }

    /** A suite's server; the test is skipped where there is none, or fails if {@code -Ddefender.require.servers=true}. */
    public static NatsDistribution obtain(Suite suite) {
        try {
            String named = System.getenv("NATS_SERVER");
            if (named != null && isNewEnough(Path.of(named))) {
                return new NatsDistribution(Path.of(named));
            }
            return new NatsDistribution(fetched(suite));
        } catch (IOException e) {
            String reason = "no nats-server: " + e.getMessage();
            if (Boolean.getBoolean("defender.require.servers")) {
                throw new AssertionError(reason, e);
            }
            throw new TestAbortedException(reason, e);
        }
    }

    private static Path fetched(Suite suite) throws IOException {
        String name = suite.name().toLowerCase(java.util.Locale.ROOT);
        Path folder = cache().resolve("nats-" + name);
        Files.createDirectories(folder);
        // Several builds may share the cache: one fetches, the others wait.
        try (FileChannel lock =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();
            Path script = Path.of(System.getProperty("project.basedir", ""), "src/test/scripts/nats-server.sh");
            try {
                String printed = output("bash", script.toAbsolutePath().toString(), folder.toString(), name);
                return Path.of(printed.substring(printed.lastIndexOf('\n') + 1));
            } catch (IOException e) {
                return onPath(e);
            }
        }
    }

    private static Path onPath(IOException reason) throws IOException {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, "nats-server"))
                .filter(NatsDistribution::isNewEnough)
                .findFirst()
                .orElseThrow(() -> reason);
    }

    private static boolean isNewEnough(Path program) {
        if (!Files.isExecutable(program)) {
            return false;
        }
        try {
            Matcher version = VERSION.matcher(output(program.toString(), "--version"));
            return version.find()
                    && (Integer.parseInt(version.group(1)) > 2 || Integer.parseInt(version.group(2)) >= 10);
        } catch (IOException e) {
            return false;
        }
    }

    private static String output(String... command) throws IOException {
        Path log = Files.createTempFile("defender-nats", ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException(String.join(" ", command) + " took more than 5 minutes");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        String said = Files.readString(log).strip();
        Files.delete(log);
        if (process.exitValue() != 0) {
            throw new IOException(said);
        }
        return said;
    }

    private static Path cache() throws IOException {
        Path shared = Path.of(System.getProperty("user.home"), ".cache", "defender-test-servers");
        try {
            Files.createDirectories(shared);
            if (Files.isWritable(shared)) {
                return shared;
            }
        } catch (IOException e) {
            // Then beside the classes.
        }
        return Files.createDirectories(
                Path.of(System.getProperty("project.build.directory", "target"), "test-servers"));
    }
}
