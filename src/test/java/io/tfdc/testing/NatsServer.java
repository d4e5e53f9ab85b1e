package io.tfdc.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real nats-server with JetStream in a child process, on a free port of the loopback address. Its data is gone when it is closed. */
public final class NatsServer implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final Duration START_UP = Duration.ofSeconds(30);

    private final NatsDistribution distribution;
    private final Path folder;
    private final int port;
    private @Nullable Process process;

    private NatsServer(NatsDistribution distribution, Path folder, int port) {
        this.distribution = distribution;
        this.folder = folder;
        this.port = port;
    }

    /** Starts the default server and waits until it answers. */
    public static NatsServer start() {
        return start(NatsDistribution.obtain());
    }

    /** Starts a given server and waits until it answers. */
    public static NatsServer start(NatsDistribution distribution) {
        NatsServer server = prepare(distribution);
        server.restart();
        return server;
    }

    /** A server that has its port but doesn't run yet. */
    public static NatsServer prepare(NatsDistribution distribution) {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return new NatsServer(distribution, Files.createTempDirectory("defender-nats-"), free.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code nats://host:port}, the same after a restart. */
    public String url() {
        return "nats://" + HOST + ':' + port;
    }

    public int port() {
        return port;
    }

    public long pid() {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("nats-server does not run");
        }
        return running.pid();
    }

    /** Starts it (again) on the same data and port. */
    public void restart() {
        kill();
        try {
            Process started = new ProcessBuilder(
                            distribution.program().toString(),
                            "-a",
                            HOST,
                            "-p",
                            Integer.toString(port),
                            "-js",
                            "-sd",
                            folder.resolve("data").toString(),
                            "-l",
                            folder.resolve("server.log").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process = started;
            awaitReady(started);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady(Process started) throws IOException {
        long deadline = System.nanoTime() + START_UP.toNanos();
        while (System.nanoTime() < deadline && started.isAlive()) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(HOST, port), 1000);
                socket.setSoTimeout(2000);
                byte[] greeting = socket.getInputStream().readNBytes(4);
                if ("INFO".equals(new String(greeting, StandardCharsets.US_ASCII))) {
                    return;
                }
            } catch (IOException notYet) {
                pause(started);
            }
        }
        kill();
        throw new IllegalStateException("nats-server did not start: " + Files.readString(folder.resolve("server.log")));
    }

    private static void pause(Process started) {
        try {
            started.waitFor(20, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends it in peace (SIGTERM); its data stays. */
    public void stop() {
        end(false);
    }

    /** Ends it at once (SIGKILL); its data stays. */
    public void kill() {
        end(true);
    }

    private void end(boolean atOnce) {
        Process running = process;
        process = null;
        if (running == null) {
            return;
        }
        if (atOnce) {
            running.destroyForcibly();
        } else {
            running.destroy();
        }
        try {
            running.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops its clock (SIGSTOP): connections stay open and nothing answers. */
    public void freeze() {
        Signals.send(pid(), "STOP");
    }

    /** Lets it go on (SIGCONT). */
    public void thaw() {
        Signals.send(pid(), "CONT");
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
