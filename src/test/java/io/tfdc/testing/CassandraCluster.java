package io.tfdc.testing;

import java.util.List;

/**
 * Three real Cassandra nodes that form a ring, child processes on free ports of 127.0.0.1, 127.0.0.2 and 127.0.0.3. Each can be ended at
 * once and started again on its data. Starting takes 10 to 60 seconds; the data is gone when the cluster is closed.
 */
public final class CassandraCluster implements AutoCloseable {
    public static final int SIZE = 3;

    private final List<CassandraServer> nodes;

    private CassandraCluster(List<CassandraServer> nodes) {
        this.nodes = List.copyOf(nodes);
    }

    /**
     * Starts the three and waits until all of them answer. Where there can't be any the test is skipped with the reason, or fails if
     * {@code -Ddefender.require.servers=true}.
     */
    public static CassandraCluster start() {
        return new CassandraCluster(CassandraServer.ring(SIZE));
    }

    /** One of the three. */
    public CassandraServer node(int index) {
        return nodes.get(index);
    }

    /** {@code host:port} of all three. */
    public List<String> contactPoints() {
        return nodes.stream().map(node -> node.host() + ':' + node.port()).toList();
    }

    @Override
    public void close() {
        nodes.forEach(CassandraServer::close);
    }
}
