package io.tfdc.storage.cassandra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.tfdc.storage.StoreException;
import io.tfdc.testing.CassandraServer;
import io.vertx.cassandra.CassandraClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("integration")
class SchemaMigratorTest {
    private final Vertx vertx = Vertx.vertx();
    private CassandraOptions options;
    private CassandraClient client;

    @BeforeEach
    void connect() {
        options = TestKeyspace.options(CassandraServer.shared());
        client = await(CassandraSession.connect(vertx, options));
    }

    @AfterEach
    void dropTheKeyspace() {
        if (client != null) {
            await(client.execute(SimpleStatement.newInstance("DROP KEYSPACE IF EXISTS " + options.keyspace())
                    .setExecutionProfileName(CassandraSession.SCHEMA)));
            await(client.close());
        }
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(150, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new AssertionError(e);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private <T> Future<T> migrate(java.util.function.Function<SchemaMigrator, Future<T>> work) {
        return SchemaMigrator.connect(vertx, options)
                .compose(migrator -> work.apply(migrator).eventually(migrator::close));
    }

    @Test
    void applyingTwiceDoesNothingMore() {
        List<SchemaMigrator.Step> before = await(migrate(SchemaMigrator::status));
        assertFalse(before.isEmpty());
        assertTrue(before.stream().allMatch(step -> step.appliedAt().isEmpty()));
        assertEquals(before.size(), await(migrate(SchemaMigrator::apply)).size());
        assertEquals(List.of(), await(migrate(SchemaMigrator::apply)));
        assertTrue(await(migrate(SchemaMigrator::status)).stream()
                .allMatch(step -> step.appliedAt().isPresent()));
    }

    @Test
    void runsAtOnceApplyEveryStepOnce() {
        List<Future<List<SchemaMigrator.Step>>> runs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            runs.add(migrate(SchemaMigrator::apply));
        }
        int applied = 0;
        for (Future<List<SchemaMigrator.Step>> run : runs) {
            applied += await(run).size();
        }
        assertEquals(await(migrate(SchemaMigrator::status)).size(), applied);
        CassandraChartStore store = await(CassandraChartStore.connect(vertx, options));
        await(store.ping());
        await(store.close());
    }

    @Test
    void aStepThatWasAppliedWithAnotherTextIsRefused() {
        await(migrate(SchemaMigrator::apply));
        await(client.execute(
                "UPDATE " + options.keyspace() + ".schema_migrations SET checksum = 'x' WHERE version = 1"));
        StoreException failure = assertThrows(StoreException.class, () -> await(migrate(SchemaMigrator::apply)));
        assertFalse(failure.retryable());
        assertTrue(failure.getMessage().contains("step 1"), failure.getMessage());
    }
}
