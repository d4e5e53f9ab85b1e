package io.tfdc.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * A real Cassandra node of one's own in a child process on free ports of the loopback address. Starting takes 3 to 15 seconds;
 * its data is gone when it is closed.
 */
public final class CassandraServer implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final Duration START_UP = Duration.ofSeconds(180);

    private final CassandraDistribution distribution;
    private final Path folder;
    private final int port;
    private @Nullable Process process;

    private CassandraServer(CassandraDistribution distribution, Path folder, int port) {
        this.distribution = distribution;
        this.folder = folder;
        this.port = port;
    }

    /**
     * The node that all tests of this JVM share; it is closed when the JVM ends. Where there can't be one, the test is skipped
     * with the reason, or fails if {@code -Ddefender.require.servers=true}.
     */
    public static CassandraServer shared() {
        return Shared.get();
    }

    /** Starts a node and waits until it answers CQL. */
    static CassandraServer start(CassandraDistribution distribution) {
        try {
            Path folder = Files.createTempDirectory("defender-cassandra-");
            int[] ports = freePorts(4);
            String yaml = resource("cassandra.yaml.template")
                    .replace("@TOKENS@", "1")
                    .replace("@INITIAL_TOKEN@", "initial_token: \"0\"")
                    .replace("@BOOTSTRAP@", "false")
                    .replace("@IP@", HOST)
                    .replace("@CQL@", Integer.toString(ports[0]))
                    .replace("@STORAGE@", Integer.toString(ports[1]))
                    .replace("@SSLSTORAGE@", Integer.toString(ports[2]))
                    .replace("@SEEDS@", HOST + ':' + ports[1])
                    .replace("@DIR@", folder.toString());
            Files.writeString(folder.resolve("cassandra.yaml"), yaml);
            Files.writeString(folder.resolve("logback.xml"), resource("logback.xml"));
            Files.writeString(folder.resolve("jmx-port"), Integer.toString(ports[3]));
            CassandraServer server = new CassandraServer(distribution, folder, ports[0]);
            server.restart();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String host() {
        return HOST;
    }

    /** The CQL port, the same after a restart. */
    public int port() {
        return port;
    }

    /** Ends the process at once, as a crash does; its data stays. */
    public void stop() {
        Process running = process;
        process = null;
        if (running != null) {
            running.destroyForcibly();
            try {
                running.waitFor(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Starts the process again on the same data and port. */
    public void restart() {
        stop();
        try {
            Process started = new ProcessBuilder(command())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
            process = started;
            awaitReady(started);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> command() throws IOException {
        List<String> command = new ArrayList<>(distribution.withoutMemoryLock());
        command.add(distribution.java().toString());
        command.addAll(resource("jvm17.options").lines().toList());
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xms128m",
                "-Xmx512m",
                "-XX:HeapDumpPath=" + folder,
                "-Xshare:auto",
                "-Dcassandra.config=file://" + folder.resolve("cassandra.yaml"),
                "-Dlogback.configurationFile=" + folder.resolve("logback.xml"),
                "-Dcassandra.storagedir=" + folder,
                "-Dcassandra-foreground=yes",
                "-Dcassandra.jmx.local.port=" + Files.readString(folder.resolve("jmx-port")),
                "-Dcassandra.skip_wait_for_gossip_to_settle=0",
                "-Dcassandra.ring_delay_ms=0",
                "-Dcassandra.superuser_setup_delay_ms=0",
                "-Dcassandra.consistent.rangemovement=false",
                "-Dcassandra.shutdown_announce_in_ms=0",
                "-Dcassandra.memtable.row_overhead_size=180"));
        command.addAll(List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off", "-Xlog:class+path=off"));
        Path archive = distribution.archive();
        command.add(
                Files.exists(archive)
                        ? "-XX:SharedArchiveFile=" + archive
                        : "-XX:ArchiveClassesAtExit=" + folder.resolve("classes.jsa"));
        command.addAll(List.of("-cp", distribution.classpath(), "org.apache.cassandra.service.CassandraDaemon"));
        return command;
    }

    /** Ready is when an OPTIONS frame is answered, not when the port is open. */
    private void awaitReady(Process started) throws IOException {
        long deadline = System.nanoTime() + START_UP.toNanos();
        while (System.nanoTime() < deadline) {
            if (!started.isAlive()) {
                throw new IllegalStateException(
                        "Cassandra ended with exit code " + started.exitValue() + " while starting:\n" + logTail());
            }
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(HOST, port), 1000);
                socket.setSoTimeout(2000);
                socket.getOutputStream().write(new byte[] {4, 0, 0, 0, 5, 0, 0, 0, 0});
                if (socket.getInputStream().readNBytes(9).length == 9) {
                    return;
                }
            } catch (IOException notYet) {
                pause();
            }
        }
        stop();
        throw new IllegalStateException("Cassandra did not start within " + START_UP + ":\n" + logTail());
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Path log() {
        return folder.resolve("server.log");
    }

    private String logTail() throws IOException {
        List<String> lines = Files.readAllLines(log(), StandardCharsets.UTF_8);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }

    private static int[] freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        int[] ports = new int[count];
        for (int i = 0; i < count; i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST));
            sockets.add(socket);
            ports[i] = socket.getLocalPort();
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }

    private static String resource(String name) throws IOException {
        try (var stream = CassandraServer.class.getResourceAsStream("/cassandra/" + name)) {
            if (stream == null) {
                throw new IOException("test resource cassandra/" + name + " is missing");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A node that ends in peace writes the archive of its classes, which starts the next ones faster. */
    private void keepClassArchive() throws IOException {
        Process running = process;
        if (running == null || Files.exists(distribution.archive())) {
            return;
        }
        running.destroy();
        try {
            running.waitFor(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Path written = folder.resolve("classes.jsa");
        if (Files.exists(written)) {
            Path beside = Files.createTempFile(distribution.folder(), "classes", ".tmp");
            Files.copy(written, beside, StandardCopyOption.REPLACE_EXISTING);
            Files.move(beside, distribution.archive(), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Holds the node of this JVM. */
    private static final class Shared {
        private static @Nullable CassandraServer server;
        private static @Nullable String reason;

        static synchronized CassandraServer get() {
            if (server == null && reason == null) {
                try {
                    CassandraServer started = start(CassandraDistribution.obtain());
                    Runtime.getRuntime().addShutdownHook(new Thread(started::close, "cassandra-close"));
                    server = started;
                } catch (CassandraDistribution.Unavailable e) {
                    reason = "no Cassandra server: " + e.getMessage();
                }
            }
            if (server != null) {
                return server;
            }
            if (Boolean.getBoolean("defender.require.servers")) {
                throw new AssertionError(reason);
            }
            throw new TestAbortedException(reason);
        }
    }

    @Override
    public void close() {
        try {
            keepClassArchive();
        } catch (IOException e) {
            System.err.println("no class archive for the next run: " + e);
        }
        stop();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                        throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            try (Stream<Path> left = Files.walk(folder)) {
                System.err.println("left behind: " + folder + ", " + left.count() + " files");
            } catch (IOException gone) {
                e.addSuppressed(gone);
            }
        }
    }
}
