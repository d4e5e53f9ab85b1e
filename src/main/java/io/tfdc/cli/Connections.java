package io.tfdc.cli;

import io.tfdc.config.CassandraConfig;
import io.tfdc.config.DefenderConfig;
import io.tfdc.config.StoreConfig;
import io.tfdc.messaging.MessageBroker;
import io.tfdc.storage.ChartStore;
import io.tfdc.storage.Retention;
import io.tfdc.storage.cassandra.CassandraChartStore;
import io.tfdc.storage.sqlite.SqliteChartStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;

/** Connects to broker and store as the configuration says. */
final class Connections {
    private Connections() {}

    static Future<MessageBroker> broker(Vertx vertx, DefenderConfig config) {
        return Future.succeededFuture(io.tfdc.messaging.embedded.EmbeddedBroker.create(vertx));
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
