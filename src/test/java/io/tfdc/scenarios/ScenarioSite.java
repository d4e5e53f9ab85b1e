package io.tfdc.scenarios;

import static io.tfdc.testing.VertxTestKit.await;

import io.tfdc.messaging.MessageBroker;
import io.tfdc.messaging.MessageStream;
import io.tfdc.messaging.NotificationCodec;
import io.tfdc.messaging.Streams;
import io.tfdc.messaging.Subjects;
import io.tfdc.messaging.nats.NatsBroker;
import io.tfdc.messaging.nats.NatsOptions;
import io.tfdc.model.ChamberId;
import io.tfdc.model.DefenseEvent;
import io.tfdc.model.TChart;
import io.tfdc.model.UChart;
import io.tfdc.storage.ChartStore;
import io.tfdc.storage.cassandra.CassandraChartStore;
import io.tfdc.storage.cassandra.CassandraOptions;
import io.tfdc.storage.cassandra.SchemaMigrator;
import io.tfdc.testing.CassandraServer;
import io.tfdc.testing.NatsServer;
import io.tfdc.testing.SampleRuns;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A site on real servers with a keyspace of its own: what a data collector does there, and what is left. */
final class ScenarioSite implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /**
     * The servers of a site.
     *
     * @param nats URLs of the broker's nodes
     * @param natsReplicas copies of streams and buckets
     * @param cassandra contact points, {@code host:port}
     * @param cassandraReplicas copies of rows
     */
    record Servers(List<String> nats, int natsReplicas, List<String> cassandra, int cassandraReplicas) {
        static Servers of(NatsServer nats, CassandraServer cassandra) {
            return new Servers(List.of(nats.url()), 1, List.of(cassandra.host() + ':' + cassandra.port()), 1);
        }
    }

    final ChartStore store;
    final MessageBroker broker;
    final MessageStream notifications;
    final MessageStream alarms;
    final MessageStream letters;
    private final Servers servers;
    private final String keyspace = "scenario_" + NUMBER.incrementAndGet();
    private final Subjects subjects = new Subjects(Subjects.DEFAULT_TEMPLATE);
    private final Path strategy;

    /**
     * Creates what a site has before defenders come: schema and streams.
     *
     * @param folder where the strategy file is put
     * @param strategy the strategy that judges all runs
     */
    ScenarioSite(Vertx vertx, Path folder, Servers servers, String strategy) {
        this.servers = servers;
        CassandraOptions options = options();
        SchemaMigrator migrator = await(SchemaMigrator.connect(vertx, options));
        await(migrator.apply());
        await(migrator.close());
        this.store = await(CassandraChartStore.connect(vertx, options));
        this.broker = await(NatsBroker.connect(
                vertx, NatsOptions.of("scenario", servers.nats().toArray(String[]::new))));
        this.notifications = await(broker.stream(Streams.notifications(servers.natsReplicas())));
        this.alarms = await(broker.stream(Streams.alarms(servers.natsReplicas())));
        this.letters = await(broker.stream(Streams.deadLetters(servers.natsReplicas())));
        this.strategy = folder.resolve("strategy.yaml");
        try {
            Files.writeString(this.strategy, strategy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CassandraOptions options() {
        CassandraOptions usual = CassandraOptions.of(servers.cassandra(), "datacenter1", keyspace);
        return new CassandraOptions(
                usual.hosts(),
                usual.datacenter(),
                usual.keyspace(),
                servers.cassandraReplicas(),
                usual.credentials(),
                usual.tls(),
                usual.writeConsistency(),
                usual.tChartConsistency(),
                "LOCAL_QUORUM", // a node that was away may lack rows for a while
                usual.connectTimeout(),
                usual.requestTimeout(),
                usual.speculateAfter(),
                usual.retention(),
                usual.chunkBytes(),
                usual.historyScanRows());
    }

    /** A {@code run} process on this site; always in the same pod, so that a later one gets the id of an earlier one at once. */
    DefenderChild run() {
        List<String> arguments = new ArrayList<>(List.of("run", "--set", "pod.uid=" + keyspace));
        arguments.addAll(settings());
        return DefenderChild.start(arguments);
    }

    List<String> settings() {
        return settings(servers.nats());
    }

    /** Settings of a process that reaches the broker by other URLs, as through a proxy. */
    List<String> settings(List<String> natsUrls) {
        return List.of(
                "--set",
                "nats.servers=" + String.join(",", natsUrls),
                "--set",
                "nats.replicas=" + servers.natsReplicas(),
                "--set",
                "cassandra.hosts=" + String.join(",", servers.cassandra()),
                "--set",
                "cassandra.keyspace=" + keyspace,
                "--set",
                "cassandra.replication=" + servers.cassandraReplicas(),
                "--set",
                "election.kind=nats_kv",
                "--set",
                "http.host=127.0.0.1",
                "--set",
                "http.port=0",
                "--set",
                "api.port=0",
                "--set",
                "processing.timeout=30s",
                "--set",
                "processing.strategies=" + strategy);
    }

    void store(TChart chart) {
        await(store.putTChart(chart));
    }

    void announce(SampleRuns runs, ChamberId chamber, int number) {
        await(notifications.publish(
                subjects.completed(chamber),
                NotificationCodec.encode(runs.notification(chamber, number)),
                runs.id(chamber, number).toString(),
                Map.of()));
    }

    /** Oldest first. */
    List<UChart> charts(ChamberId chamber) {
        List<UChart> charts = new ArrayList<>(
                await(store.uCharts(chamber, Instant.EPOCH, SampleRuns.BEGIN.plusSeconds(10_000_000), 1000)));
        Collections.reverse(charts);
        return charts;
    }

    List<DefenseEvent> events(ChamberId chamber) {
        return await(store.defenseEvents(chamber, Instant.EPOCH, SampleRuns.BEGIN.plusSeconds(10_000_000), 1000));
    }

    /** Ids of the published alarms in order. */
    List<String> alarmIds() {
        return publishedAlarms().stream().map(alarm -> alarm.getString("id")).toList();
    }

    /** The published alarms in order. */
    List<JsonObject> publishedAlarms() {
        List<JsonObject> found = new ArrayList<>();
        long next = 1;
        while (true) {
            List<MessageStream.StoredMessage> page = await(alarms.read(next, 256));
            if (page.isEmpty()) {
                return found;
            }
            for (MessageStream.StoredMessage alarm : page) {
                found.add(new JsonObject(Buffer.buffer(alarm.payload())));
                next = alarm.sequence() + 1;
            }
        }
    }

    /** Notifications not acknowledged yet; many while the broker is away. */
    long waiting() {
        return await(notifications.size().otherwise(Long.MAX_VALUE));
    }

    @Override
    public void close() {
        await(store.close());
        await(broker.close());
    }
}
