package io.tfdc.api;

import io.tfdc.model.AlarmNote;
import io.tfdc.model.AlarmStatus;
import io.tfdc.model.AlarmWorkflow;
import io.tfdc.model.ChamberEvent;
import io.tfdc.model.ChamberId;
import io.tfdc.model.DefenseEvent;
import io.tfdc.storage.ChartStore;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Alarms and the work on them. */
final class AlarmResource implements OperationHandler.Resource {
    private static final PlaceInTime NOTHING_SEEN = new PlaceInTime(Instant.MAX, "");
    private static final Duration USUAL_SPAN = Duration.ofDays(31);
    private static final Duration AHEAD = Duration.ofDays(1);
    private static final int PAGE = 100;
    private static final int READ = 500;
    /** Alarms looked at for one page, however few of them fit the filter. */
    private static final int MOST_READ = 5_000;

    private final ChartStore store;
    private final InstantSource clock;
    private final InstantSource siteClock;

    /**
     * @param clock time of what people do
     * @param siteClock time of the newest runs, which differs in a simulated fab
     */
    AlarmResource(ChartStore store, InstantSource clock, InstantSource siteClock) {
        this.store = store;
        this.clock = clock;
        this.siteClock = siteClock;
    }

    @Override
    public Map<String, OperationHandler> operations() {
        return Map.of("alarms", this::list, "alarm", this::show, "noteAlarm", this::note);
    }

    /** A page in the making. */
    private record Page(AlarmFilter filter, Instant from, int limit, List<JsonObject> rows) {}

    private Future<Reply> list(Call call) {
        AlarmFilter filter = AlarmFilter.of(call);
        Instant to = call.time("to").orElseGet(() -> siteClock.instant().plus(AHEAD));
        Instant from = call.time("from").orElseGet(() -> to.minus(USUAL_SPAN));
        if (Duration.between(from, to).compareTo(io.tfdc.storage.StoreKeys.MAX_SPAN) > 0) {
            throw Problem.invalid("query", "from", "expected at most 62 days before to");
        }
        PlaceInTime seen = call.find("cursor").map(PlaceInTime::of).orElse(NOTHING_SEEN);
        Instant end =
                seen.id().isEmpty() || seen.at().isAfter(to) ? to : seen.at().plusMillis(1);
        return page(new Page(filter, from, call.number("limit", PAGE), new ArrayList<>()), seen, end, 0)
                .map(Reply::json);
    }

    private Future<JsonObject> page(Page page, PlaceInTime seen, Instant to, int read) {
        return events(page, to).compose(events -> {
            List<DefenseEvent> fresh =
                    events.stream().filter(event -> !isCovered(event, seen)).toList();
            return notes(fresh).compose(notes -> {
                PlaceInTime last = seen;
                for (DefenseEvent event : fresh) {
                    if (page.rows.size() == page.limit) {
                        return Future.succeededFuture(json(page, Optional.of(last)));
                    }
                    last = place(event);
                    AlarmStatus status = status(event, notes.getOrDefault(event.id(), List.of()));
                    if (page.filter.fits(event) && page.filter.fits(status)) {
                        page.rows.add(AlarmJson.row(event, status));
                    }
                }
                if (events.size() < READ || fresh.isEmpty()) {
                    return Future.succeededFuture(json(page, Optional.empty()));
                }
                int looked = read + events.size();
                return looked >= MOST_READ || page.rows.size() == page.limit
                        ? Future.succeededFuture(json(page, Optional.of(last)))
                        : page(page, last, last.at().plusMillis(1), looked);
            });
        });
    }

    private Future<List<DefenseEvent>> events(Page page, Instant to) {
        AlarmFilter filter = page.filter;
        return filter.chamber().isEmpty()
                ? store.defenseEvents(page.from, to, READ)
                : store.defenseEvents(new ChamberId(filter.tool(), filter.chamber()), page.from, to, READ);
    }

    private static PlaceInTime place(DefenseEvent event) {
        return new PlaceInTime(event.raisedAt().truncatedTo(ChronoUnit.MILLIS), event.id());
    }

    /** Whether everything up to and including the alarm has been looked at. */
    private static boolean isCovered(DefenseEvent event, PlaceInTime seen) {
        int byTime = event.raisedAt().truncatedTo(ChronoUnit.MILLIS).compareTo(seen.at());
        return !seen.id().isEmpty() && (byTime > 0 || (byTime == 0 && event.id().compareTo(seen.id()) >= 0));
    }

    private static JsonObject json(Page page, Optional<PlaceInTime> next) {
        JsonObject json = new JsonObject().put("items", new JsonArray(List.copyOf(page.rows)));
        next.ifPresent(seen -> json.put("next", seen.cursor()));
        return json;
    }

    /** Notes by alarm on some alarms, which are newest first. */
    private Future<Map<String, List<AlarmNote>>> notes(List<DefenseEvent> events) {
        if (events.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        Instant oldest = events.get(events.size() - 1).raisedAt();
        Instant newest = events.get(0).raisedAt().plusMillis(1);
        return store.alarmNotes(oldest, newest).map(notes -> {
            Map<String, List<AlarmNote>> byAlarm = new HashMap<>();
            notes.forEach(note -> byAlarm.computeIfAbsent(note.alarm(), id -> new ArrayList<>())
                    .add(note));
            return byAlarm;
        });
    }

    /** An alarm with its notes. */
    private record Found(DefenseEvent event, List<AlarmNote> notes) {}

    private Future<Found> find(Call call) {
        String id = call.text("id");
        Instant at = call.time("raisedAt").orElseThrow();
        String[] names = id.split(":", 4);
        ChamberId chamber = new ChamberId(names[0], names[1]);
        Instant from = at.truncatedTo(ChronoUnit.MILLIS);
        return store.defenseEvents(chamber, from, from.plusMillis(1), READ)
                .compose(events -> events.stream()
                        .filter(event -> event.id().equals(id))
                        .findFirst()
                        .map(event ->
                                notes(List.of(event)).map(notes -> new Found(event, notes.getOrDefault(id, List.of()))))
                        .orElseGet(() -> Future.failedFuture(Problem.notFound("no alarm " + id + " raised at " + at))));
    }

    private AlarmStatus status(DefenseEvent event, List<AlarmNote> notes) {
        return AlarmWorkflow.status(event.raisedAt(), notes, clock.instant());
    }

    private Reply reply(Found found) {
        AlarmStatus status = status(found.event, found.notes);
        return Reply.json(AlarmJson.whole(found.event, status, found.notes)).withEtag(AlarmJson.etag(status));
    }

    private Future<Reply> show(Call call) {
        return find(call).map(this::reply);
    }

    private Future<Reply> note(Call call) {
        String key = call.body().getString("key", UUID.randomUUID().toString());
        return find(call).compose(found -> {
            if (found.notes.stream().anyMatch(note -> note.id().equals(key))) {
                return Future.succeededFuture(reply(found));
            }
            AlarmStatus status = status(found.event, found.notes);
            call.checkUnchanged(AlarmJson.etag(status), false);
            AlarmNote note = made(call, found.event, key);
            AlarmWorkflow.refusal(status, note).ifPresent(why -> {
                throw Problem.conflict(why);
            });
            return store.putAlarmNote(note)
                    .compose(stored -> note.kind() == AlarmNote.Kind.ACKNOWLEDGE
                            ? tellStrategy(found.event, note)
                            : Future.succeededFuture())
                    .compose(done -> find(call))
                    .map(this::reply);
        });
    }

    private AlarmNote made(Call call, DefenseEvent event, String key) {
        AlarmNote.Kind kind =
                AlarmNote.Kind.valueOf(call.body().getString("kind").toUpperCase(Locale.ROOT));
        Optional<Instant> until = call.bodyTime("until").map(time -> time.truncatedTo(ChronoUnit.MILLIS));
        if (until.isPresent() != (kind == AlarmNote.Kind.SHELVE)) {
            throw Problem.invalid("body", "/until", "expected for shelve, and for nothing else");
        }
        return new AlarmNote(
                event.id(),
                event.raisedAt(),
                key,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                kind,
                call.caller().name(),
                call.body().getString("text", ""),
                until);
    }

    /** A latched rule is released by the acknowledgement of its incident. Repeating it changes nothing. */
    private Future<Void> tellStrategy(DefenseEvent event, AlarmNote note) {
        Instant at = siteClock.instant().isAfter(event.raisedAt()) ? siteClock.instant() : event.raisedAt();
        return store.putChamberEvent(new ChamberEvent(
                event.run().chamber(), at, ChamberEvent.ACK, event.dedupeKey(), Map.of("by", note.by())));
    }
}
