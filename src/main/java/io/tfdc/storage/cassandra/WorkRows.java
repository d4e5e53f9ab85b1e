package io.tfdc.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import io.tfdc.model.AlarmNote;
import io.tfdc.model.DefenseEvent;
import io.tfdc.model.StrategyActivation;
import io.tfdc.storage.StoreKeys;
import io.tfdc.storage.cassandra.Statements.Query;
import io.tfdc.storage.codec.DefenseEventJson;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;

/** What people look at across all chambers and what they do about it: events by the hour, notes on alarms, activations. */
final class WorkRows {
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();
    /** Partitions read at a time; reading ahead costs little where most hours are empty. */
    private static final int LANES = 8;

    /** Stands for no shelf time. */
    private static final Instant NO_END = Instant.EPOCH;

    private final Cql cql;

    WorkRows(Cql cql) {
        this.cql = cql;
    }

    /** Partition of an event. */
    static long hour(Instant raisedAt) {
        return Math.floorDiv(StoreKeys.millis(raisedAt), HOUR);
    }

    private static long day(Instant raisedAt) {
        return Math.floorDiv(StoreKeys.millis(raisedAt), DAY);
    }

    Future<List<DefenseEvent>> defenseEvents(Instant from, Instant to, int max) {
        StoreKeys.checkSpan(from, to);
        StoreKeys.checkMax(max);
        long last = to.isAfter(from) ? hour(to.minusMillis(1)) : hour(from) - 1;
        return backwards(hour(from), last, from, to, max, new ArrayList<>());
    }

    /** Walks back hour by hour, some at a time, until there are enough. */
    private Future<List<DefenseEvent>> backwards(
            long first, long last, Instant from, Instant to, int max, List<DefenseEvent> found) {
        if (last < first || found.size() >= max) {
            return Future.succeededFuture(List.copyOf(found.subList(0, Math.min(max, found.size()))));
        }
        long lowest = Math.max(first, last - LANES + 1);
        List<Future<List<DefenseEvent>>> hours = LongStream.iterate(last, hour -> hour >= lowest, hour -> hour - 1)
                .mapToObj(hour -> cql.read(
                        "defense events of all chambers",
                        row -> DefenseEventJson.decode(
                                text(row, "value"), "defense event " + row.getString("event_id")),
                        Query.FLEET_EVENTS,
                        hour,
                        Cql.key(from),
                        Cql.key(to),
                        max))
                .toList();
        return Future.all(hours).compose(read -> {
            hours.forEach(hour -> found.addAll(hour.result()));
            return backwards(first, lowest - 1, from, to, max, found);
        });
    }

    Future<Void> putAlarmNote(AlarmNote note) {
        return cql.write(
                "put note on alarm " + note.alarm(),
                Query.PUT_ALARM_NOTE,
                day(note.raisedAt()),
                Cql.key(note.raisedAt()),
                note.alarm(),
                note.id(),
                note.raisedAt().getNano() % 1_000_000,
                Cql.key(note.at()),
                note.kind().name(),
                note.by(),
                note.text(),
                Cql.key(note.until().orElse(NO_END)),
                StoreKeys.micros(note.at()));
    }

    Future<List<AlarmNote>> alarmNotes(Instant from, Instant to) {
        StoreKeys.checkSpan(from, to);
        return to.isAfter(from)
                ? notes(day(from), day(to.minusMillis(1)), from, to, new ArrayList<>())
                : Future.succeededFuture(List.of());
    }

    private Future<List<AlarmNote>> notes(long day, long last, Instant from, Instant to, List<AlarmNote> found) {
        if (day > last) {
            return Future.succeededFuture(List.copyOf(found));
        }
        long end = Math.min(last, day + LANES - 1);
        List<Future<List<AlarmNote>>> days = LongStream.rangeClosed(day, end)
                .mapToObj(one ->
                        cql.read("notes on alarms", WorkRows::note, Query.ALARM_NOTES, one, Cql.key(from), Cql.key(to)))
                .toList();
        return Future.all(days).compose(read -> {
            days.forEach(one -> found.addAll(one.result()));
            return notes(end + 1, last, from, to, found);
        });
    }

    private static AlarmNote note(Row row) {
        return new AlarmNote(
                text(row, "alarm_id"),
                instant(row, "raised_at").plusNanos(row.getInt("nanos")),
                text(row, "note_id"),
                instant(row, "at"),
                AlarmNote.Kind.valueOf(text(row, "kind")),
                text(row, "author"),
                text(row, "text"),
                Optional.of(instant(row, "until")).filter(until -> !until.equals(NO_END)));
    }

    Future<Void> putActivation(StrategyActivation activation) {
        return cql.write(
                "put activation of " + activation.id(),
                Query.PUT_ACTIVATION,
                activation.id(),
                Cql.key(activation.at()),
                activation.version(),
                activation.by(),
                activation.reason());
    }

    Future<List<StrategyActivation>> activations() {
        return cql.read(
                        "activations",
                        row -> new StrategyActivation(
                                text(row, "id"),
                                row.getInt("version"),
                                text(row, "author"),
                                instant(row, "at"),
                                text(row, "reason")),
                        Query.ACTIVATIONS)
                .map(found -> found.stream()
                        .sorted(Comparator.comparing(StrategyActivation::id)
                                .thenComparing(StrategyActivation::at, Comparator.reverseOrder()))
                        .toList());
    }

    private static String text(Row row, String column) {
        return Objects.requireNonNull(row.getString(column), column);
    }

    private static Instant instant(Row row, String column) {
        return Objects.requireNonNull(row.getInstant(column), column);
    }
}
