package io.tfdc.cli;

import io.tfdc.config.CassandraConfig;
import io.tfdc.config.DefenderConfig;
import io.tfdc.config.NatsConfig;
import io.tfdc.config.Secret;
import io.tfdc.config.StoreConfig;
import io.tfdc.messaging.MessageBroker;
import io.tfdc.messaging.nats.NatsBroker;
import io.tfdc.messaging.nats.NatsOptions;
import io.tfdc.storage.ChartStore;
import io.tfdc.storage.Retention;
import io.tfdc.storage.cassandra.CassandraChartStore;
import io.tfdc.storage.sqlite.SqliteChartStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;

/** Connects to broker and store as the configuration says. */
final class Connections {
    private static final Duration RECONNECT_WAIT = Duration.ofMillis(500);

    private Connections() {}

    /** Fails with a {@link io.tfdc.messaging.BrokerException}, {@code UNAVAILABLE} if no server answers now. */
    static Future<MessageBroker> broker(Vertx vertx, DefenderConfig config) {
        return NatsBroker.connect(vertx, nats(config));
    }

    private static NatsOptions nats(DefenderConfig config) {
        NatsConfig nats = config.nats();
        return new NatsOptions(
                nats.servers().stream()
                        .map(server -> server.contains("://") ? server : "nats://" + server)
                        .toList(),
                "defender",
                nats.user().orElse(null),
                nats.password().map(Secret::reveal).orElse(null),
                nats.token().map(Secret::reveal).orElse(null),
                nats.credentials().orElse(null),
                TlsContext.of("nats.tls", nats.tls()).orElse(null),
                nats.requestTimeout(),
                nats.connectTimeout(),
                RECONNECT_WAIT);
    }

    /** Fails with a {@link io.tfdc.storage.StoreException}. */
    static Future<ChartStore> store(Vertx vertx, DefenderConfig config) {
        StoreConfig store = config.store();
        return switch (store.kind()) {
            case CASSANDRA ->
                CassandraChartStore.connect(vertx, CassandraSettings.of(config.cassandra()))
                        .map(opened -> opened);
            case SQLITE ->
                SqliteChartStore.open(vertx, store.file(), retention(config.cassandra()), Clock.systemUTC())
                        .map(opened -> opened);
        };
    }

    private static Retention retention(CassandraConfig config) {
        return new Retention(config.keepTCharts(), config.keepUCharts());
    }
}
