package io.tfdc.testing;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A real Cassandra node of one's own in a container or a child process, on free ports of the loopback address. Starting takes 3 to 15
 * seconds; its data is gone when it is closed.
 */
public final class CassandraServer implements AutoCloseable {
    private static final Duration START_UP = Duration.ofSeconds(180);

    private final ServerProcess process;
    private final @Nullable SSLContext tls;

    private CassandraServer(ServerProcess process, @Nullable SSLContext tls) {
        this.process = process;
        this.tls = tls;
    }

    /** A node of one's own that speaks TLS alone and asks for a password; its first user is {@code cassandra/cassandra}. */
    public static CassandraServer secured(ServerCertificate certificate) {
        try {
            return start(new CassandraServer(CassandraNode.prepare(Optional.of(certificate)), certificate.trusting()));
        } catch (CassandraDistribution.Unavailable e) {
            throw Machine.missing("no Cassandra server: " + e.getMessage(), null);
        }
    }

    /**
     * The node that all tests of this JVM share; it is closed when the JVM ends. Where there can't be one, the test is skipped
     * with the reason, or fails if {@code -Ddefender.require.servers=true}.
     */
    public static CassandraServer shared() {
        return Shared.get();
    }

    private static CassandraServer start(CassandraServer server) {
        try {
            server.restart();
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    public String host() {
        return process.host();
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
        process.restart(START_UP, this::answersOptions);
    }

    /** Nodes of one ring on the addresses 127.0.0.1, 127.0.0.2 and so on, started together. */
    static List<CassandraServer> ring(int size) {
        List<CassandraServer> nodes = new ArrayList<>();
        try {
            CassandraNode.prepareRing(size).forEach(process -> nodes.add(new CassandraServer(process, null)));
            nodes.forEach(node -> node.process.start());
            nodes.forEach(node -> node.process.awaitAnswer(START_UP, node::answersOptions));
            return nodes;
        } catch (CassandraDistribution.Unavailable e) {
            throw Machine.missing("no Cassandra server: " + e.getMessage(), null);
        } catch (RuntimeException e) {
            nodes.forEach(CassandraServer::close);
            throw e;
        }
    }

    /** Ready is when an OPTIONS frame is answered, not when the port is open. */
    private boolean answersOptions(Socket plain) throws IOException {
        Socket socket = tls == null ? plain : tls.getSocketFactory().createSocket(plain, host(), port(), false);
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
                    CassandraServer started = start(new CassandraServer(CassandraNode.prepare(Optional.empty()), null));
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
