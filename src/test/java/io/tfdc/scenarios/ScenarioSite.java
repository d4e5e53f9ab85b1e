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
import io.tfdc.testing.SampleStrategy;
import io.tfdc.testing.VertxTestKit;
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

/** A site with a real nats-server and a keyspace of its own on the shared Cassandra node; what a data collector does, and what is left. */
final class ScenarioSite implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    final NatsServer nats;
    final CassandraServer cassandra;
    final ChartStore store;
    final MessageStream notifications;
    final MessageStream alarms;
    final MessageStream letters;
    private final VertxTestKit kit = new VertxTestKit();
    private final MessageBroker broker;
    private final String keyspace = "scenario_" + NUMBER.incrementAndGet();
    private final Subjects subjects = new Subjects(Subjects.DEFAULT_TEMPLATE);
    private final Path strategy;

    ScenarioSite(Path folder) {
        this.cassandra = CassandraServer.shared();
        this.nats = NatsServer.start();
        Vertx vertx = kit.vertx();
        CassandraOptions options = options();
        SchemaMigrator migrator = await(SchemaMigrator.connect(vertx, options));
        await(migrator.apply());
        await(migrator.close());
        this.store = await(CassandraChartStore.connect(vertx, options));
        this.broker = await(NatsBroker.connect(vertx, NatsOptions.of("scenario", nats.url())));
        this.notifications = await(broker.stream(Streams.notifications(1)));
        this.alarms = await(broker.stream(Streams.alarms(1)));
        this.letters = await(broker.stream(Streams.deadLetters(1)));
        this.strategy = folder.resolve("sample.yaml");
        try {
            Files.writeString(strategy, SampleStrategy.YAML);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CassandraOptions options() {
        CassandraOptions usual =
                CassandraOptions.of(List.of(cassandra.host() + ':' + cassandra.port()), "datacenter1", keyspace);
        return new CassandraOptions(
                usual.hosts(),
                usual.datacenter(),
                usual.keyspace(),
                1,
                usual.credentials(),
                usual.tls(),
                usual.writeConsistency(),
                usual.tChartConsistency(),
                usual.historyConsistency(),
                usual.connectTimeout(),
                usual.requestTimeout(),
                usual.speculateAfter(),
                usual.retention(),
                usual.chunkBytes(),
                usual.historyScanRows());
    }

    /** A {@code run} process on this site. */
    DefenderChild run() {
        List<String> arguments = new ArrayList<>(List.of("run"));
        arguments.addAll(settings());
        return DefenderChild.start(arguments);
    }

    List<String> settings() {
        return List.of(
                "--set",
                "nats.servers=" + nats.url(),
                "--set",
                "nats.replicas=1",
                "--set",
                "cassandra.hosts=" + cassandra.host() + ':' + cassandra.port(),
                "--set",
                "cassandra.keyspace=" + keyspace,
                "--set",
                "cassandra.replication=1",
                "--set",
                "http.host=127.0.0.1",
                "--set",
                "http.port=0",
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
        List<String> ids = new ArrayList<>();
        long next = 1;
        while (true) {
            List<MessageStream.StoredMessage> page = await(alarms.read(next, 256));
            if (page.isEmpty()) {
                return ids;
            }
            for (MessageStream.StoredMessage alarm : page) {
                ids.add(new JsonObject(Buffer.buffer(alarm.payload())).getString("id"));
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
        kit.close();
        nats.close();
    }
}
