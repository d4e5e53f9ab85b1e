package io.tfdc.api;

import io.tfdc.model.AlarmNote;
import io.tfdc.model.AlarmStatus;
import io.tfdc.model.AlarmWorkflow;
import io.tfdc.model.ChamberId;
import io.tfdc.model.ChamberMetadata;
import io.tfdc.model.DefenseEvent;
import io.tfdc.storage.ChartStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All chambers at a glance. What many look at is computed every few seconds, not for each. */
final class FleetResource implements OperationHandler.Resource {
    private static final long FRESH_NANOS = Duration.ofSeconds(3).toNanos();
    private static final int READ = 1_000;
    /** Alarms looked at: more than people can care for; beyond it the older ones are left out, and the answer says so. */
    private static final int MOST_READ = 10_000;

    private static final int PAGE = 200;

    private final Vertx vertx;
    private final ChartStore store;
    private final InstantSource clock;
    private final InstantSource siteClock;
    private final Map<Integer, Snapshot> snapshots = new HashMap<>();

    FleetResource(Vertx vertx, ChartStore store, InstantSource clock, InstantSource siteClock) {
        this.vertx = vertx;
        this.store = store;
        this.clock = clock;
        this.siteClock = siteClock;
    }

    private record Snapshot(Future<Reply> reply, long nanos) {}

    @Override
    public Map<String, OperationHandler> operations() {
        return Map.of("fleet", this::fleet, "chambers", this::chambers);
    }

    private Future<Reply> fleet(Call call) {
        int hours = call.number("hours", 24);
        Snapshot known = snapshots.get(hours);
        if (known != null && System.nanoTime() - known.nanos < FRESH_NANOS && !known.reply.failed()) {
            return known.reply;
        }
        Future<Reply> fresh = compute(Duration.ofHours(hours));
        snapshots.put(hours, new Snapshot(fresh, System.nanoTime()));
        return fresh;
    }

    private Future<Reply> compute(Duration back) {
        Instant now = siteClock.instant();
        Instant from = now.minus(back);
        Instant to = now.plus(Duration.ofHours(1));
        Future<List<ChamberMetadata>> metadata = store.chamberMetadata();
        Future<List<DefenseEvent>> events = events(from, to, new ArrayList<>());
        Future<List<AlarmNote>> notes = store.alarmNotes(from, to);
        return Future.all(metadata, events, notes)
                .compose(read -> vertx.executeBlocking(
                        () -> summarise(metadata.result(), events.result(), notes.result(), from), false));
    }

    private Future<List<DefenseEvent>> events(Instant from, Instant to, List<DefenseEvent> found) {
        return store.defenseEvents(from, to, READ).compose(page -> {
            found.addAll(page);
            return page.size() < READ || found.size() >= MOST_READ
                    ? Future.succeededFuture(found)
                    : events(from, page.get(page.size() - 1).raisedAt(), found);
        });
    }

    /** What is shown of a chamber. */
    private static final class Cell {
        private int open;
        private int acknowledged;
        private int worst = -1;
        private @Nullable DefenseEvent loudest;

        void take(DefenseEvent event, AlarmStatus.State state) {
            if (state == AlarmStatus.State.ACKNOWLEDGED) {
                acknowledged++;
            }
            if (state != AlarmStatus.State.RAISED) {
                return;
            }
            open++;
            if (event.severity().ordinal() > worst) {
                worst = event.severity().ordinal();
                loudest = event;
            }
        }

        JsonObject json(String chamber) {
            JsonObject json = new JsonObject().put("chamber", chamber).put("open", open);
            if (acknowledged > 0) {
                json.put("acknowledged", acknowledged);
            }
            DefenseEvent event = loudest;
            if (event != null) {
                json.put("worst", AlarmJson.text(event.severity()))
                        .put("rule", event.strategy() + '.' + event.rule())
                        .put("at", event.raisedAt().toString());
            }
            return json;
        }
    }

    private Reply summarise(
            List<ChamberMetadata> metadata, List<DefenseEvent> events, List<AlarmNote> notes, Instant from) {
        Map<String, List<AlarmNote>> byAlarm = new HashMap<>();
        notes.forEach(note ->
                byAlarm.computeIfAbsent(note.alarm(), id -> new ArrayList<>()).add(note));
        Map<ChamberId, Cell> cells = new TreeMap<>();
        metadata.forEach(one -> cells.put(one.chamber(), new Cell()));
        Instant now = clock.instant();
        for (DefenseEvent event : events) {
            if (event.mode() == DefenseEvent.Mode.ACTIVE) {
                AlarmStatus status =
                        AlarmWorkflow.status(event.raisedAt(), byAlarm.getOrDefault(event.id(), List.of()), now);
                cells.computeIfAbsent(event.run().chamber(), id -> new Cell()).take(event, status.state());
            }
        }
        Map<String, JsonArray> tools = new TreeMap<>();
        cells.forEach((id, cell) ->
                tools.computeIfAbsent(id.tool(), tool -> new JsonArray()).add(cell.json(id.chamber())));
        JsonArray all = new JsonArray();
        tools.forEach(
                (tool, chambers) -> all.add(new JsonObject().put("tool", tool).put("chambers", chambers)));
        JsonObject body = new JsonObject().put("tools", all).put("complete", events.size() < MOST_READ);
        String etag = "\"f" + Integer.toHexString(body.encode().hashCode()) + '"';
        return Reply.json(body.put("from", from.toString())).withEtag(etag);
    }

    private Future<Reply> chambers(Call call) {
        String prefix = call.find("prefix").orElse("");
        String after = call.find("cursor").map(Cursor::place).orElse("");
        int limit = call.number("limit", PAGE);
        return store.chamberMetadata().map(metadata -> {
            List<ChamberMetadata> rest = metadata.stream()
                    .filter(one -> one.chamber().toString().startsWith(prefix)
                            && one.chamber().toString().compareTo(after) > 0)
                    .sorted(java.util.Comparator.comparing(one -> one.chamber().toString()))
                    .toList();
            JsonArray items = new JsonArray();
            rest.stream().limit(limit).forEach(one -> items.add(json(one)));
            JsonObject page = new JsonObject().put("items", items);
            if (rest.size() > limit) {
                page.put("next", Cursor.of(rest.get(limit - 1).chamber().toString()));
            }
            return Reply.json(page);
        });
    }

    private static JsonObject json(ChamberMetadata one) {
        return new JsonObject()
                .put("tool", one.chamber().tool())
                .put("chamber", one.chamber().chamber())
                .put("svids", one.svidCount())
                .put("samplingHz", one.samplingHz())
                .put("contextSeconds", one.contextDuration().toMillis() / 1000.0)
                .put("weight", one.weight());
    }
}
