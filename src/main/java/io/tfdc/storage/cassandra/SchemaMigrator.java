package io.tfdc.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.tfdc.storage.StoreException;
import io.vertx.cassandra.CassandraClient;
import io.vertx.cassandra.ResultSet;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Brings a keyspace to the schema of this program. Steps applied are recorded with their checksum in {@code schema_migrations}, so
 * applying twice does nothing; a lock row keeps concurrent runs apart, and all nodes agree on a statement before the next.
 */
public final class SchemaMigrator {
    private static final int LOCK_SECONDS = 120;
    private static final long LOCK_POLL_MILLIS = 250;

    private final Vertx vertx;
    private final CassandraClient client;
    private final CassandraOptions options;
    private final List<Migration> migrations;
    private final String owner = UUID.randomUUID().toString();

    /**
     * A step of the schema.
     *
     * @param version 1 and counting
     * @param name what it is about
     * @param appliedAt when, empty if it isn't applied
     */
    public record Step(int version, String name, Optional<Instant> appliedAt) {}

    private SchemaMigrator(Vertx vertx, CassandraClient client, CassandraOptions options) {
        this.vertx = vertx;
        this.client = client;
        this.options = options;
        this.migrations = Migration.all();
    }

    /** Connects with a session of its own. */
    public static Future<SchemaMigrator> connect(Vertx vertx, CassandraOptions options) {
        return CassandraSession.connect(vertx, options).map(client -> new SchemaMigrator(vertx, client, options));
    }

    /** All steps and which of them are applied; changes nothing. */
    public Future<List<Step>> status() {
        return execute(
                        "SELECT table_name FROM system_schema.tables WHERE keyspace_name = ? AND table_name = ?",
                        options.keyspace().toLowerCase(java.util.Locale.ROOT),
                        "schema_migrations")
                .compose(found -> found.one() == null ? Future.succeededFuture(Map.<Integer, Applied>of()) : applied())
                .map(this::steps);
    }

    /** Applies what is missing and returns the steps applied now, none if the schema was complete. */
    public Future<List<Step>> apply() {
        return ddl("CREATE KEYSPACE IF NOT EXISTS " + options.keyspace()
                        + " WITH replication = {'class': 'NetworkTopologyStrategy', '" + options.datacenter() + "': "
                        + options.replication() + "}")
                .compose(created -> createTable("schema_lock", "name text PRIMARY KEY, owner text"))
                .compose(created -> createTable(
                        "schema_migrations", "version int PRIMARY KEY, name text, checksum text, applied_at timestamp"))
                .compose(created -> lock(System.nanoTime() + LOCK_SECONDS * 1_000_000_000L))
                .compose(locked -> migrate()
                        .transform(done -> unlock().transform(unlocked -> done.succeeded()
                                ? Future.succeededFuture(done.result())
                                : Future.failedFuture(done.cause()))));
    }

    /** Two nodes that create a table at the same time must not give it two identities, so the id is a function of its name. */
    private Future<Void> createTable(String table, String columns) {
        UUID id = UUID.nameUUIDFromBytes((options.keyspace() + '.' + table).getBytes(StandardCharsets.UTF_8));
        return ddl("CREATE TABLE IF NOT EXISTS " + options.keyspace() + '.' + table + " (" + columns + ") WITH ID = "
                + id);
    }

    private Future<List<Step>> migrate() {
        return applied().compose(applied -> {
            List<Migration> missing = new ArrayList<>();
            for (Migration migration : migrations) {
                Applied before = applied.get(migration.version());
                if (before == null) {
                    missing.add(migration);
                } else if (!before.checksum.equals(migration.checksum())) {
                    return Future.failedFuture(new StoreException(
                            "schema step " + migration.version() + " was applied with another text: keyspace "
                                    + options.keyspace() + " belongs to another version of the program",
                            false));
                }
            }
            Future<Void> done = Future.succeededFuture();
            for (Migration migration : missing) {
                done = done.compose(before -> migrate(migration));
            }
            return done.compose(after -> applied())
                    .map(now -> steps(now).stream()
                            .filter(step -> missing.stream().anyMatch(one -> one.version() == step.version()))
                            .toList());
        });
    }

    private Future<Void> migrate(Migration migration) {
        Future<Void> done = Future.succeededFuture();
        for (String statement : migration.statements(options)) {
            done = done.compose(before -> ddl(statement));
        }
        return done.compose(before -> execute(
                        "INSERT INTO " + options.keyspace()
                                + ".schema_migrations (version, name, checksum, applied_at)"
                                + " VALUES (?, ?, ?, toTimestamp(now()))",
                        migration.version(),
                        migration.name(),
                        migration.checksum()))
                .mapEmpty();
    }

    /** What is recorded of a step. */
    private record Applied(String checksum, Instant at) {}

    private Future<Map<Integer, Applied>> applied() {
        return execute("SELECT version, checksum, applied_at FROM " + options.keyspace() + ".schema_migrations")
                .map(rows -> {
                    Map<Integer, Applied> applied = new HashMap<>();
                    for (Row row : rows.currentPage()) {
                        Instant at = row.getInstant("applied_at");
                        applied.put(
                                row.getInt("version"),
                                new Applied(
                                        String.valueOf(row.getString("checksum")), at == null ? Instant.EPOCH : at));
                    }
                    return applied;
                });
    }

    private List<Step> steps(Map<Integer, Applied> applied) {
        return migrations.stream()
                .map(migration -> new Step(
                        migration.version(),
                        migration.name(),
                        Optional.ofNullable(applied.get(migration.version())).map(Applied::at)))
                .toList();
    }

    private Future<Void> lock(long deadline) {
        return execute(
                        "INSERT INTO " + options.keyspace()
                                + ".schema_lock (name, owner) VALUES ('schema', ?) IF NOT EXISTS USING TTL "
                                + LOCK_SECONDS,
                        owner)
                .compose(result -> {
                    if (result.wasApplied() || owner.equals(result.one().getString("owner"))) {
                        return Future.succeededFuture();
                    }
                    if (System.nanoTime() > deadline) {
                        return Future.failedFuture(new StoreException(
                                "another run holds the schema lock of keyspace " + options.keyspace(), true));
                    }
                    return vertx.timer(LOCK_POLL_MILLIS).compose(waited -> lock(deadline));
                });
    }

    private Future<Void> unlock() {
        return execute("DELETE FROM " + options.keyspace() + ".schema_lock WHERE name = 'schema' IF owner = ?", owner)
                .mapEmpty();
    }

    private Future<Void> ddl(String statement) {
        return execute(statement)
                .compose(result -> result.getExecutionInfo().isSchemaInAgreement()
                        ? Future.succeededFuture()
                        : Future.failedFuture(new StoreException("the nodes do not agree on the schema yet", true)));
    }

    private Future<ResultSet> execute(String statement, Object... values) {
        return client.execute(SimpleStatement.newInstance(statement, values)
                        .setExecutionProfileName(CassandraSession.SCHEMA)
                        .setIdempotent(true))
                .recover(e -> Future.failedFuture(CassandraFailure.of("schema of keyspace " + options.keyspace(), e)));
    }

    /** Gives the session back. */
    public Future<Void> close() {
        return client.close();
    }
}
