package io.tfdc.cli;

import io.tfdc.config.CassandraConfig;
import io.tfdc.config.DefenderConfig;
import io.tfdc.config.StoreConfig;
import io.tfdc.messaging.MessageBroker;
import io.tfdc.messaging.MessageStream;
import io.tfdc.messaging.StreamConfig;
import io.tfdc.messaging.Streams;
import io.tfdc.messaging.Subjects;
import io.tfdc.messaging.embedded.EmbeddedBroker;
import io.tfdc.storage.ChartStore;
import io.tfdc.storage.Lanes;
import io.tfdc.storage.Retention;
import io.tfdc.storage.cassandra.CassandraChartStore;
import io.tfdc.storage.cassandra.CassandraOptions;
import io.tfdc.storage.cassandra.SchemaMigrator;
import io.tfdc.storage.sqlite.SqliteChartStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Where a measurement takes place: streams and a keyspace of its own on the servers, or everything in process.
 *
 * @param broker the broker
 * @param store the store
 * @param streams streams on the broker
 */
record BenchSite(MessageBroker broker, ChartStore store, SiteStreams streams) {
    private static final Retention RETENTION = new Retention(Duration.ofHours(1), Duration.ofHours(2));
    private static final Subjects SUBJECTS = new Subjects("defender-bench.{tool}.{chamber}.completed");

    static Future<BenchSite> open(Vertx vertx, DefenderConfig config, boolean embedded) {
        Future<MessageBroker> broker =
                embedded ? Future.succeededFuture(EmbeddedBroker.create(vertx)) : Connections.broker(vertx, config);
        Future<ChartStore> store =
                embedded || config.store().kind() == StoreConfig.Kind.SQLITE ? file(vertx) : keyspace(vertx, config);
        return Future.all(broker, store)
                .compose(both -> streams(broker.result(), config.nats().replicas()))
                .map(streams -> new BenchSite(broker.result(), store.result(), streams));
    }

    Future<Void> close() {
        return store.close().transform(closed -> broker.close());
    }

    private static Future<SiteStreams> streams(MessageBroker broker, int replicas) {
        Future<MessageStream> work = broker.stream(Streams.notifications("defender-bench", SUBJECTS, replicas))
                .compose(BenchSite::emptied);
        Future<MessageStream> alarms = broker.stream(results("defender-bench-alarms", replicas));
        Future<MessageStream> letters = broker.stream(results("defender-bench-dlq", replicas));
        return Future.all(work, alarms, letters)
                .map(all -> new SiteStreams(
                        SUBJECTS,
                        work.result(),
                        new PrefixedStream(alarms.result(), "defender-bench-alarms."),
                        new PrefixedStream(letters.result(), "defender-bench-dlq.")));
    }

    private static StreamConfig results(String name, int replicas) {
        return new StreamConfig(
                name,
                List.of(name + ".>"),
                StreamConfig.Retention.LIMITS,
                Duration.ofHours(1),
                Streams.MAX_MESSAGE_BYTES,
                Duration.ofMinutes(2),
                replicas,
                16);
    }

    /** Without what an earlier measurement left. */
    private static Future<MessageStream> emptied(MessageStream stream) {
        return stream.read(1, 256)
                .compose(left -> left.isEmpty()
                        ? Future.succeededFuture(stream)
                        : Lanes.each(
                                        0,
                                        left.size(),
                                        32,
                                        i -> stream.delete(left.get(i).sequence()))
                                .compose(deleted -> emptied(stream)));
    }

    private static Future<ChartStore> file(Vertx vertx) {
        return vertx.executeBlocking(BenchSite::temporaryFile, false)
                .compose(file -> SqliteChartStore.open(vertx, file, RETENTION, Clock.systemUTC()))
                .map(opened -> opened);
    }

    private static Path temporaryFile() throws IOException {
        Path folder = Files.createTempDirectory("defender-bench");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder), "bench-cleanup"));
        return folder.resolve("charts.db");
    }

    private static void delete(Path folder) {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // a file that stays in the temporary directory does no harm
        }
    }

    private static Future<ChartStore> keyspace(Vertx vertx, DefenderConfig config) {
        CassandraOptions options = bench(CassandraSettings.of(config.cassandra()), config.cassandra());
        return SchemaMigrator.connect(vertx, options)
                .compose(migrator -> migrator.apply().eventually(migrator::close))
                .compose(applied -> CassandraChartStore.connect(vertx, options))
                .map(opened -> opened);
    }

    private static CassandraOptions bench(CassandraOptions site, CassandraConfig config) {
        return new CassandraOptions(
                site.hosts(),
                site.datacenter(),
                config.keyspace() + "_bench",
                site.replication(),
                site.credentials(),
                site.tls(),
                site.writeConsistency(),
                site.tChartConsistency(),
                site.historyConsistency(),
                site.connectTimeout(),
                site.requestTimeout(),
                site.speculateAfter(),
                RETENTION,
                site.chunkBytes(),
                site.historyScanRows());
    }
}
