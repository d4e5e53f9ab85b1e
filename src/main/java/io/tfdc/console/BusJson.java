package io.tfdc.console;

import io.tfdc.model.DefenseEvent;
import io.tfdc.model.RunId;
import io.tfdc.processing.ProcessingStats;
import io.tfdc.processing.RunCompleted;
import io.tfdc.processing.RunFailed;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/** Payloads of the event bus for people to read: bounded, and never a reference into the process. */
final class BusJson {
    private static final int MOST_TEXT = 2_000;
    private static final int MOST_EVENTS = 10;

    private BusJson() {}

    static Object of(Object body) {
        if (body instanceof RunCompleted run) {
            return completed(run);
        }
        if (body instanceof RunFailed run) {
            return new JsonObject()
                    .put("run", run.run().map(RunId::toString).orElse(null))
                    .put("subject", run.subject())
                    .put("failure", clip(String.valueOf(run.failure())))
                    .put("action", run.action().name())
                    .put("deliveries", run.deliveries());
        }
        if (body instanceof ProcessingStats stats) {
            return new JsonObject()
                    .put("received", stats.received())
                    .put("processed", stats.processed())
                    .put("failed", stats.failed())
                    .put("deadLettered", stats.deadLettered())
                    .put("alarms", stats.alarms())
                    .put("inFlight", stats.inFlight())
                    .put("heldBytes", stats.heldBytes())
                    .put("paused", stats.paused());
        }
        return clip(String.valueOf(body));
    }

    private static JsonObject completed(RunCompleted run) {
        JsonArray events = new JsonArray();
        run.events().stream().limit(MOST_EVENTS).forEach(event -> events.add(event(event)));
        return new JsonObject()
                .put("run", run.run().toString())
                .put("outcome", run.outcome().name())
                .put("group", run.group())
                .put("end", run.end().toString())
                .put("indicators", run.indicators())
                .put("events", events)
                .put("deliveries", run.deliveries())
                .put("latencyMillis", run.latency().toMillis());
    }

    static JsonObject event(DefenseEvent event) {
        return new JsonObject()
                .put("id", event.id())
                .put("raisedAt", event.raisedAt().toString())
                .put("tool", event.run().chamber().tool())
                .put("chamber", event.run().chamber().chamber())
                .put("severity", event.severity().name().toLowerCase(Locale.ROOT))
                .put("mode", event.mode().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("rule", event.strategy() + '.' + event.rule())
                .put("reason", clip(event.reason()));
    }

    private static String clip(String text) {
        return text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) + "..." : text;
    }
}
