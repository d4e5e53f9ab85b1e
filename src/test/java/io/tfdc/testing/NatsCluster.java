package io.tfdc.testing;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Three real nats-servers that form a cluster with JetStream, child processes on free ports of the loopback address. Each can be ended,
 * frozen and started again on its data. The data is gone when the cluster is closed.
 */
public final class NatsCluster implements AutoCloseable {
    public static final int SIZE = 3;

    private static final Duration READY = Duration.ofSeconds(60);
    private static final long PAUSE = Duration.ofMillis(100).toNanos();

    private final List<NatsServer> nodes;

    private NatsCluster(List<NatsServer> nodes) {
        this.nodes = List.copyOf(nodes);
    }

    /** Starts a cluster and waits until streams of three copies can be made. */
    public static NatsCluster start(NatsDistribution.Suite suite) {
        NatsDistribution program = NatsDistribution.obtainProgram(suite);
        int[] routes = Machine.freePorts(SIZE);
        List<String> peers = new ArrayList<>();
        for (int port : routes) {
            peers.add("nats://" + Machine.LOOPBACK + ':' + port);
        }
        List<NatsServer> nodes = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            nodes.add(NatsServer.prepare(program.with(
                    Map.of(),
                    "--name",
                    "node" + i,
                    "--cluster_name",
                    "test",
                    "--cluster",
                    peers.get(i),
                    "--routes",
                    String.join(",", peers))));
        }
        NatsCluster cluster = new NatsCluster(nodes);
        try {
            cluster.restartAll();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** One of the three, to be ended, frozen and started again. */
    public NatsServer node(int index) {
        return nodes.get(index);
    }

    /** The URLs of all three. */
    public List<String> urls() {
        return nodes.stream().map(NatsServer::url).toList();
    }

    /** Starts all three (again) and waits until they have a leader and see each other. */
    public void restartAll() {
        nodes.forEach(NatsServer::restart);
        awaitReady();
    }

    /** Ends all three in peace; their data stays. */
    public void stopAll() {
        nodes.forEach(NatsServer::stop);
    }

    /** Waits until streams of three copies can be made, which takes all three. */
    public void awaitReady() {
        long deadline = System.nanoTime() + READY.toNanos();
        String last = "no answer";
        while (System.nanoTime() < deadline) {
            try (Connection connection = Nats.connect(new Options.Builder()
                    .servers(urls().toArray(String[]::new))
                    .errorListener(new ErrorListener() {})
                    .maxReconnects(0)
                    .build())) {
                probe(connection);
                return;
            } catch (IOException | JetStreamApiException e) {
                last = String.valueOf(e.getMessage());
                LockSupport.parkNanos(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        throw new IllegalStateException("the cluster is not ready within " + READY + ": " + last);
    }

    private static void probe(Connection connection) throws IOException, JetStreamApiException {
        JetStreamManagement management = connection.jetStreamManagement(
                JetStreamOptions.builder().requestTimeout(Duration.ofSeconds(2)).build());
        management.addStream(StreamConfiguration.builder()
                .name("readiness-probe")
                .subjects("readiness.probe")
                .storageType(StorageType.Memory)
                .replicas(SIZE)
                .build());
        management.deleteStream("readiness-probe");
    }

    @Override
    public void close() {
        nodes.forEach(NatsServer::close);
    }
}
