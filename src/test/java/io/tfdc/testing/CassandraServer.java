package io.tfdc.testing;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A real Cassandra node of one's own in a container or a child process, on free ports of the loopback address. Starting takes 3 to 15
 * seconds; its data is gone when it is closed.
 */
public final class CassandraServer implements AutoCloseable {
    private static final Duration START_UP = Duration.ofSeconds(180);

    private final ServerProcess process;

    private CassandraServer(ServerProcess process) {
        this.process = process;
    }

    /**
     * The node that all tests of this JVM share; it is closed when the JVM ends. Where there can't be one, the test is skipped
     * with the reason, or fails if {@code -Ddefender.require.servers=true}.
     */
    public static CassandraServer shared() {
        return Shared.get();
    }

    private static CassandraServer start(ServerProcess process) {
        CassandraServer server = new CassandraServer(process);
        try {
            server.restart();
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    public String host() {
        return Machine.LOOPBACK;
    }

    /** The CQL port, the same after a restart. */
    public int port() {
        return process.port();
    }

    /** Ends the process at once, as a crash does; its data stays. */
    public void stop() {
        process.kill();
    }

    /** Starts the process again on the same data and port. */
    public void restart() {
        process.restart(START_UP, CassandraServer::answersOptions);
    }

    /** Ready is when an OPTIONS frame is answered, not when the port is open. */
    private static boolean answersOptions(Socket socket) throws IOException {
        socket.getOutputStream().write(new byte[] {4, 0, 0, 0, 5, 0, 0, 0, 0});
        return socket.getInputStream().readNBytes(9).length == 9;
    }

    @Override
    public void close() {
        process.close();
    }

    /** Holds the node of this JVM. */
    private static final class Shared {
        private static @Nullable CassandraServer server;
        private static @Nullable String reason;

        static synchronized CassandraServer get() {
            if (server == null && reason == null) {
                try {
                    CassandraServer started = start(CassandraNode.prepare());
                    Runtime.getRuntime().addShutdownHook(new Thread(started::close, "cassandra-close"));
                    server = started;
                } catch (CassandraDistribution.Unavailable e) {
                    reason = "no Cassandra server: " + e.getMessage();
                }
            }
            if (server != null) {
                return server;
            }
            throw Machine.missing(String.valueOf(reason), null);
        }
    }
}
