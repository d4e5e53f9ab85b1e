package io.tfdc.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.tfdc.model.ChamberId;
import io.tfdc.storage.StoreException;
import io.tfdc.storage.StoreKeys;
import io.tfdc.storage.cassandra.Statements.Query;
import io.vertx.cassandra.CassandraClient;
import io.vertx.cassandra.ResultSet;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Runs the store's statements; every failure becomes the port's. Futures complete on the caller's context. */
final class Cql {
    private final CassandraClient client;
    private final Statements statements;

    Cql(CassandraClient client, Statements statements) {
        this.client = client;
        this.statements = statements;
    }

    BoundStatement bind(Query query, Object... values) {
        return statements.bind(query, values);
    }

    Future<ResultSet> execute(String what, BoundStatement statement) {
        return client.execute(statement).recover(e -> Future.failedFuture(CassandraFailure.of(what, e)));
    }

    Future<Void> write(String what, Query query, Object... values) {
        return execute(what, bind(query, values)).mapEmpty();
    }

    /** All rows, read page by page; {@code reader} may fail with the port's failure. */
    <T> Future<List<T>> read(String what, Function<Row, T> reader, Query query, Object... values) {
        return read(what, reader, bind(query, values));
    }

    <T> Future<List<T>> read(String what, Function<Row, T> reader, BoundStatement statement) {
        List<T> result = new ArrayList<>();
        return scan(what, statement, row -> {
                    result.add(reader.apply(row));
                    return true;
                })
                .map(done -> List.copyOf(result));
    }

    /** Gives rows to {@code more} page by page until it wants no more; true if the rows came to their end. */
    Future<Boolean> scan(String what, BoundStatement statement, Predicate<Row> more) {
        return execute(what, statement).compose(page -> scan(what, page, more));
    }

    private Future<Boolean> scan(String what, ResultSet page, Predicate<Row> more) {
        try {
            for (Row row : page.currentPage()) {
                if (!more.test(row)) {
                    return Future.succeededFuture(false);
                }
            }
        } catch (IllegalArgumentException | NullPointerException e) {
            return Future.failedFuture(new StoreException(what + ": corrupt row: " + e.getMessage(), false, e));
        }
        if (!page.hasMorePages()) {
            return Future.succeededFuture(true);
        }
        return page.fetchNextPage()
                .recover(e -> Future.failedFuture(CassandraFailure.of(what, e)))
                .compose(next -> scan(what, next, more));
    }

    Future<Void> close() {
        return client.close();
    }

    /** A time as the key columns have it. */
    static Instant key(Instant time) {
        return Instant.ofEpochMilli(StoreKeys.millis(time));
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    static String row(String kind, ChamberId chamber, String name) {
        return kind + ' ' + chamber + ':' + name;
    }
}
