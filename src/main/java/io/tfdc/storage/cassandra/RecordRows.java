package io.tfdc.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import io.tfdc.model.ChamberEvent;
import io.tfdc.model.ChamberId;
import io.tfdc.model.ChamberMetadata;
import io.tfdc.model.DefenseEvent;
import io.tfdc.model.LimitSet;
import io.tfdc.model.StrategyVersion;
import io.tfdc.storage.Lanes;
import io.tfdc.storage.StoreException;
import io.tfdc.storage.StoreKeys;
import io.tfdc.storage.cassandra.Statements.Query;
import io.tfdc.storage.codec.DefenseEventJson;
import io.tfdc.storage.codec.LayoutTable;
import io.tfdc.storage.codec.LimitSetCodec;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Defense events, limits, chamber events, chamber metadata and strategies. */
final class RecordRows {
    private static final int LANES = 8;

    private final Cql cql;
    private final LimitSetCodec codec = new LimitSetCodec(new LayoutTable(4096));

    RecordRows(Cql cql) {
        this.cql = cql;
    }

    Future<Void> putDefenseEvents(List<DefenseEvent> events) {
        List<Supplier<Future<Void>>> writes = new ArrayList<>();
        for (DefenseEvent event : events) {
            writes.add(() -> cql.write(
                    "put defense event " + event.id(),
                    Query.PUT_DEFENSE_EVENT,
                    event.run().chamber().tool(),
                    event.run().chamber().chamber(),
                    Cql.key(event.raisedAt()),
                    event.id(),
                    event.severity().name(),
                    event.mode().name(),
                    event.strategy(),
                    event.rule(),
                    DefenseEventJson.encode(event),
                    StoreKeys.micros(event.raisedAt())));
            writes.add(() -> cql.write(
                    "put defense event " + event.id(),
                    Query.PUT_FLEET_EVENT,
                    WorkRows.hour(event.raisedAt()),
                    Cql.key(event.raisedAt()),
                    event.id(),
                    DefenseEventJson.encode(event),
                    StoreKeys.micros(event.raisedAt())));
        }
        return Lanes.each(0, writes.size(), LANES, i -> writes.get(i).get());
    }

    Future<List<DefenseEvent>> defenseEvents(ChamberId chamber, Instant from, Instant to, int max) {
        return cql.read(
                "defense events of " + chamber,
                row -> DefenseEventJson.decode(text(row, "value"), "defense event " + row.getString("event_id")),
                Query.DEFENSE_EVENTS,
                chamber.tool(),
                chamber.chamber(),
                Cql.key(from),
                Cql.key(to),
                StoreKeys.checkMax(max));
    }

    Future<Void> putLimits(LimitSet limits) {
        return cql.write(
                "put limits of " + limits.chamber(),
                Query.PUT_LIMITS,
                limits.chamber().tool(),
                limits.chamber().chamber(),
                limits.group(),
                limits.strategy(),
                limits.version(),
                Cql.key(limits.validFrom()),
                ByteBuffer.wrap(codec.encode(limits)),
                StoreKeys.micros(limits.validFrom()));
    }

    Future<List<LimitSet>> limits(ChamberId chamber, String group, String strategy, int max) {
        return cql.read(
                "limits of " + chamber,
                row -> codec.decode(
                        Cql.bytes(Objects.requireNonNull(row.getByteBuffer("value"))),
                        "limits " + chamber + ", " + group + ", " + strategy + " version " + row.getInt("version")),
                Query.LIMITS,
                chamber.tool(),
                chamber.chamber(),
                group,
                strategy,
                StoreKeys.checkMax(max));
    }

    Future<Void> putChamberEvent(ChamberEvent event) {
        return cql.write(
                "put event of " + event.chamber(),
                Query.PUT_CHAMBER_EVENT,
                event.chamber().tool(),
                event.chamber().chamber(),
                Cql.key(event.at()),
                event.type(),
                event.subject(),
                event.at().getNano() % 1_000_000,
                event.attributes(),
                StoreKeys.micros(event.at()));
    }

    Future<List<ChamberEvent>> chamberEvents(ChamberId chamber, Instant from, Instant to) {
        return cql.read(
                "events of " + chamber,
                row -> new ChamberEvent(
                        chamber,
                        instant(row, "at").plusNanos(row.getInt("nanos")),
                        text(row, "type"),
                        text(row, "subject"),
                        Objects.requireNonNullElse(row.getMap("attributes", String.class, String.class), Map.of())),
                Query.CHAMBER_EVENTS,
                chamber.tool(),
                chamber.chamber(),
                Cql.key(from),
                Cql.key(to));
    }

    Future<Void> putMetadata(ChamberMetadata metadata) {
        return cql.write(
                "put metadata of " + metadata.chamber(),
                Query.PUT_METADATA,
                metadata.chamber().tool(),
                metadata.chamber().chamber(),
                metadata.svidCount(),
                metadata.samplingHz(),
                metadata.contextDuration().toNanos() / 1e9,
                metadata.weight(),
                Cql.key(metadata.updatedAt()),
                StoreKeys.micros(metadata.updatedAt()));
    }

    Future<List<ChamberMetadata>> metadata() {
        return cql.read(
                "chamber metadata",
                row -> new ChamberMetadata(
                        new ChamberId(text(row, "tool_id"), text(row, "chamber_id")),
                        row.getInt("svid_count"),
                        row.getDouble("collection_freq_hz"),
                        Duration.ofNanos(Math.round(row.getDouble("avg_context_duration_sec") * 1e9)),
                        row.getLong("calculated_weight"),
                        instant(row, "last_updated")),
                Query.METADATA);
    }

    /** Written only if it isn't there; if it is, its text must be the same. */
    Future<Void> putStrategy(StrategyVersion strategy) {
        return cql.execute(
                        "put strategy " + strategy.id(),
                        cql.bind(
                                Query.PUT_STRATEGY,
                                strategy.id(),
                                strategy.version(),
                                strategy.yaml(),
                                strategy.author(),
                                Cql.key(strategy.storedAt())))
                .compose(result -> {
                    if (result.wasApplied()
                            || strategy.yaml().equals(result.one().getString("yaml"))) {
                        return Future.succeededFuture();
                    }
                    return Future.failedFuture(new StoreException(
                            "strategy " + strategy.id() + " version " + strategy.version()
                                    + " exists with another text",
                            false));
                });
    }

    Future<List<StrategyVersion>> strategies() {
        return cql.read(
                        "strategies",
                        row -> new StrategyVersion(
                                text(row, "id"),
                                row.getInt("version"),
                                text(row, "yaml"),
                                text(row, "author"),
                                instant(row, "stored_at")),
                        Query.STRATEGIES)
                .map(found -> found.stream()
                        .sorted(Comparator.comparing(StrategyVersion::id)
                                .thenComparing(StrategyVersion::version, Comparator.reverseOrder()))
                        .toList());
    }

    private static String text(Row row, String column) {
        return Objects.requireNonNull(row.getString(column), column);
    }

    private static Instant instant(Row row, String column) {
        return Objects.requireNonNull(row.getInstant(column), column);
    }
}
