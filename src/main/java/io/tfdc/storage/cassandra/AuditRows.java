package io.tfdc.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import io.tfdc.model.AuditEntry;
import io.tfdc.storage.StoreKeys;
import io.tfdc.storage.cassandra.Statements.Query;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;

/** Who asked for which change: a partition per day, read backwards. */
final class AuditRows {
    private static final long DAY = Duration.ofDays(1).toMillis();
    /** Days read at a time. */
    private static final int LANES = 8;

    private final Cql cql;

    AuditRows(Cql cql) {
        this.cql = cql;
    }

    private static long day(Instant at) {
        return Math.floorDiv(StoreKeys.millis(at), DAY);
    }

    Future<Void> put(AuditEntry entry) {
        return cql.write(
                "put audit entry " + entry.id(),
                Query.PUT_AUDIT,
                day(entry.at()),
                Cql.key(entry.at()),
                entry.id(),
                entry.caller(),
                entry.address(),
                entry.operation(),
                entry.subject(),
                entry.status());
    }

    /** Where a reader is and how far it is to go. */
    private record Range(Instant from, Instant to, String beforeId, int max) {}

    Future<List<AuditEntry>> entries(Instant from, Instant to, String beforeId, int max) {
        StoreKeys.checkSpan(from, to);
        StoreKeys.checkMax(max);
        return to.isBefore(from)
                ? Future.succeededFuture(List.of())
                : backwards(day(to), new Range(from, to, beforeId, max), new ArrayList<>());
    }

    private Future<List<AuditEntry>> backwards(long last, Range range, List<AuditEntry> found) {
        long first = day(range.from);
        if (last < first || found.size() >= range.max) {
            return Future.succeededFuture(List.copyOf(found.subList(0, Math.min(range.max, found.size()))));
        }
        long lowest = Math.max(first, last - LANES + 1);
        List<Future<List<AuditEntry>>> days = LongStream.iterate(last, day -> day >= lowest, day -> day - 1)
                .mapToObj(day -> cql.read(
                        "audit entries",
                        AuditRows::entry,
                        Query.AUDIT,
                        day,
                        Cql.key(range.from),
                        "",
                        Cql.key(range.to),
                        range.beforeId,
                        range.max))
                .toList();
        return Future.all(days).compose(read -> {
            days.forEach(day -> found.addAll(day.result()));
            return backwards(lowest - 1, range, found);
        });
    }

    private static AuditEntry entry(Row row) {
        return new AuditEntry(
                text(row, "entry_id"),
                Objects.requireNonNull(row.getInstant("at"), "at"),
                text(row, "caller"),
                text(row, "address"),
                text(row, "operation"),
                text(row, "subject"),
                row.getInt("status"));
    }

    private static String text(Row row, String column) {
        return Objects.requireNonNull(row.getString(column), column);
    }
}
