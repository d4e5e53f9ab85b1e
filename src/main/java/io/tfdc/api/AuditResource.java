package io.tfdc.api;

import io.tfdc.model.AuditEntry;
import io.tfdc.storage.ChartStore;
import io.tfdc.storage.StoreKeys;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The audit log of all processes, as far as it is stored. */
final class AuditResource implements OperationHandler.Resource {
    private static final Duration USUAL_SPAN = Duration.ofDays(31);
    /** Clocks of other machines may be ahead. */
    private static final Duration AHEAD = Duration.ofHours(1);

    private static final int PAGE = 100;

    private final ChartStore store;
    private final InstantSource clock;

    AuditResource(ChartStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public Map<String, OperationHandler> operations() {
        return Map.of("audit", this::list);
    }

    private Future<Reply> list(Call call) {
        Instant to = call.time("to").orElseGet(() -> clock.instant().plus(AHEAD));
        Instant from = call.time("from").orElseGet(() -> to.minus(USUAL_SPAN));
        if (Duration.between(from, to).compareTo(StoreKeys.MAX_SPAN) > 0) {
            throw Problem.invalid("query", "from", "expected at most 62 days before to");
        }
        PlaceInTime seen = call.find("cursor")
                .map(PlaceInTime::of)
                .filter(last -> last.at().isBefore(to))
                .orElse(new PlaceInTime(to, ""));
        int limit = call.number("limit", PAGE);
        return store.audit(from, seen.at(), seen.id(), limit).map(found -> Reply.json(page(found, limit)));
    }

    private static JsonObject page(List<AuditEntry> found, int limit) {
        JsonObject page = new JsonObject()
                .put(
                        "items",
                        new JsonArray(found.stream().map(AuditResource::json).toList()));
        if (found.size() == limit) {
            AuditEntry last = found.get(limit - 1);
            page.put("next", new PlaceInTime(last.at(), last.id()).cursor());
        }
        return page;
    }

    private static JsonObject json(AuditEntry entry) {
        return new JsonObject()
                .put("at", entry.at().toString())
                .put("caller", entry.caller())
                .put("address", entry.address())
                .put("operation", entry.operation())
                .put("subject", entry.subject())
                .put("status", entry.status());
    }
}
