package io.tfdc.cli;

import io.tfdc.config.CassandraConfig;
import io.tfdc.config.DefenderConfig;
import io.tfdc.config.Secret;
import io.tfdc.config.StoreConfig;
import io.tfdc.messaging.MessageBroker;
import io.tfdc.storage.ChartStore;
import io.tfdc.storage.Retention;
import io.tfdc.storage.cassandra.CassandraChartStore;
import io.tfdc.storage.cassandra.CassandraOptions;
import io.tfdc.storage.sqlite.SqliteChartStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Connects to broker and store as the configuration says. */
final class Connections {
    private static final Duration SPECULATE_AFTER = Duration.ofMillis(100);
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int HISTORY_SCAN_ROWS = 20_000;

    private Connections() {}

    static Future<MessageBroker> broker(Vertx vertx, DefenderConfig config) {
        return Future.succeededFuture(io.tfdc.messaging.embedded.EmbeddedBroker.create(vertx));
    }

    /** Fails with a {@link io.tfdc.storage.StoreException}. */
    static Future<ChartStore> store(Vertx vertx, DefenderConfig config) {
        StoreConfig store = config.store();
        return switch (store.kind()) {
            case CASSANDRA ->
                CassandraChartStore.connect(vertx, cassandra(config.cassandra()))
                        .map(opened -> opened);
            case SQLITE ->
                SqliteChartStore.open(vertx, store.file(), retention(config.cassandra()), Clock.systemUTC())
                        .map(opened -> opened);
        };
    }

    static CassandraOptions cassandra(CassandraConfig config) {
        Optional<CassandraOptions.Credentials> credentials = config.user()
                .map(user -> new CassandraOptions.Credentials(
                        user, config.password().map(Secret::reveal).orElse("")));
        return new CassandraOptions(
                config.contactPoints(),
                config.datacenter(),
                config.keyspace(),
                config.replication(),
                credentials,
                TlsContext.of("cassandra.tls", config.tls()),
                config.consistency().name(),
                config.consistency().name(),
                config.historyConsistency().name(),
                config.connectTimeout(),
                config.requestTimeout(),
                SPECULATE_AFTER,
                retention(config),
                CHUNK_BYTES,
                HISTORY_SCAN_ROWS);
    }

    private static Retention retention(CassandraConfig config) {
        return new Retention(config.keepTCharts(), config.keepUCharts());
    }
}
