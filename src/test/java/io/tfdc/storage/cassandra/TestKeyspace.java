package io.tfdc.storage.cassandra;

import io.tfdc.storage.Retention;
import io.tfdc.testing.CassandraServer;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** A keyspace of its own for a test class. */
final class TestKeyspace {
    private TestKeyspace() {}

    static CassandraOptions options(CassandraServer server) {
        return options(server, server.host(), Optional.empty(), Optional.empty());
    }

    static CassandraOptions options(
            CassandraServer server,
            String host,
            Optional<CassandraOptions.Credentials> credentials,
            Optional<SSLContext> tls) {
        return new CassandraOptions(
                List.of(host + ':' + server.port()),
                "datacenter1",
                "test_" + UUID.randomUUID().toString().replace('-', '_'),
                1,
                credentials,
                tls,
                "LOCAL_QUORUM",
                "LOCAL_QUORUM",
                "LOCAL_ONE",
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofMillis(500),
                Retention.DEFAULT,
                1 << 20,
                20_000);
    }

    static void create(Vertx vertx, CassandraOptions options) {
        try {
            SchemaMigrator.connect(vertx, options)
                    .compose(migrator -> migrator.apply().eventually(migrator::close))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(120, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
