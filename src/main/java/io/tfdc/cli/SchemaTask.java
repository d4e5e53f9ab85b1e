package io.tfdc.cli;

import io.tfdc.config.CassandraConfig;
import io.tfdc.storage.StoreException;
import io.tfdc.storage.cassandra.CassandraOptions;
import io.tfdc.storage.cassandra.SchemaMigrator;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Runs the migrator to its end for a command. */
final class SchemaTask {
    private static final int MINUTES = 5;

    private final CassandraConfig config;

    SchemaTask(CassandraConfig config) {
        this.config = config;
    }

    /**
     * What is applied and what is missing.
     *
     * @param lines one per step
     * @param complete whether all are applied
     */
    record Report(List<String> lines, boolean complete) {}

    /** The steps applied now. */
    List<String> apply() {
        return run(SchemaMigrator::apply).stream()
                .map(step -> step.version() + " " + step.name())
                .toList();
    }

    Report status() {
        List<SchemaMigrator.Step> steps = run(SchemaMigrator::status);
        return new Report(
                steps.stream()
                        .map(step -> step.version() + " " + step.name() + ": "
                                + step.appliedAt().map(at -> "applied at " + at).orElse("missing"))
                        .toList(),
                steps.stream().allMatch(step -> step.appliedAt().isPresent()));
    }

    private <T> T run(Function<SchemaMigrator, Future<T>> work) {
        CassandraOptions options = CassandraSettings.of(config);
        Vertx vertx = Vertx.vertx();
        CompletableFuture<T> result = SchemaMigrator.connect(vertx, options)
                .compose(migrator -> work.apply(migrator).eventually(migrator::close))
                .toCompletionStage()
                .toCompletableFuture();
        try {
            return result.get(MINUTES, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String again = cause instanceof StoreException store && store.retryable() ? " (try again later)" : "";
            throw CommandException.failed(cause.getMessage() + again, cause);
        } catch (TimeoutException e) {
            throw CommandException.failed("the schema was not done within " + MINUTES + " minutes", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.failed("interrupted", e);
        } finally {
            // After the result is here: a future of a closed Vert.x never completes.
            vertx.close();
        }
    }
}
