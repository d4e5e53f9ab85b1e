package io.tfdc.testing;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A real nats-server with JetStream in a container or a child process, on a free port of the loopback address. Its data is gone when it
 * is closed.
 */
public final class NatsServer implements AutoCloseable {
    private static final Duration START_UP = Duration.ofSeconds(30);

    private final ServerProcess process;

    private NatsServer(ServerProcess process) {
        this.process = process;
    }

    /** Starts the default server and waits until it answers. */
    public static NatsServer start() {
        return start(NatsDistribution.obtain());
    }

    /** Starts a given server and waits until it answers. */
    public static NatsServer start(NatsDistribution distribution) {
        NatsServer server = prepare(distribution);
        try {
            server.restart();
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** A server that has its port but doesn't run yet. */
    public static NatsServer prepare(NatsDistribution distribution) {
        return new NatsServer(distribution.prepare());
    }

    /** {@code nats://host:port}, the same after a restart. */
    public String url() {
        return "nats://" + Machine.LOOPBACK + ':' + port();
    }

    public int port() {
        return process.port();
    }

    public long pid() {
        return process.pid();
    }

    /** Starts it (again) on the same data and port. */
    public void restart() {
        process.restart(START_UP, NatsServer::greets);
    }

    private static boolean greets(Socket socket) throws IOException {
        byte[] greeting = socket.getInputStream().readNBytes(4);
        return "INFO".equals(new String(greeting, StandardCharsets.US_ASCII));
    }

    /** Ends it in peace (SIGTERM); its data stays. */
    public void stop() {
        process.stop();
    }

    /** Ends it at once (SIGKILL); its data stays. */
    public void kill() {
        process.kill();
    }

    /** Stops its clock (SIGSTOP, or a container's pause): connections stay open and nothing answers. */
    public void freeze() {
        process.freeze();
    }

    /** Lets it go on. */
    public void thaw() {
        process.thaw();
    }

    @Override
    public void close() {
        process.close();
    }
}
