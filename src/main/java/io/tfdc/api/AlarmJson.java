package io.tfdc.api;

import io.tfdc.model.AlarmNote;
import io.tfdc.model.AlarmStatus;
import io.tfdc.model.ChartLimits;
import io.tfdc.model.DefenseEvent;
import io.tfdc.model.Evidence;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Alarms as the API shows them. */
final class AlarmJson {
    private AlarmJson() {}

    /** A row of a list. */
    static JsonObject row(DefenseEvent event, AlarmStatus status) {
        JsonObject row = new JsonObject()
                .put("id", event.id())
                .put("raisedAt", event.raisedAt().toString())
                .put("severity", text(event.severity()))
                .put("mode", text(event.mode()))
                .put("tool", event.run().chamber().tool())
                .put("chamber", event.run().chamber().chamber())
                .put("context", event.run().context())
                .put("group", event.group())
                .put("strategy", event.strategy())
                .put("strategyVersion", event.strategyVersion())
                .put("rule", event.rule())
                .put("reason", event.reason())
                .put("charts", event.evidence().size())
                .put("labels", new JsonObject(java.util.Map.copyOf(event.context())))
                .put("status", status(status));
        if (!event.evidence().isEmpty()) {
            row.put("worst", evidence(event.evidence().get(0), false));
        }
        return row;
    }

    static JsonObject whole(DefenseEvent event, AlarmStatus status, List<AlarmNote> notes) {
        JsonArray evidence = new JsonArray();
        event.evidence().forEach(one -> evidence.add(evidence(one, true)));
        JsonArray actions = new JsonArray();
        event.actions()
                .forEach(action ->
                        actions.add(new JsonObject().put("type", action.type()).put("target", action.target())));
        JsonArray written = new JsonArray();
        notes.stream()
                .sorted(Comparator.comparing(AlarmNote::at).thenComparing(AlarmNote::id))
                .forEach(note -> written.add(note(note)));
        return row(event, status)
                .put("dedupeKey", event.dedupeKey())
                .put("evidence", evidence)
                .put("actions", actions)
                .put("notes", written);
    }

    static JsonObject limits(ChartLimits limits) {
        return new JsonObject()
                .put("center", Numbers.finite(limits.center()))
                .put("sigma", Numbers.finite(limits.sigma()))
                .put("lcl", Numbers.finite(limits.lcl()))
                .put("ucl", Numbers.finite(limits.ucl()))
                .put("n", limits.n());
    }

    private static JsonObject evidence(Evidence evidence, boolean points) {
        JsonObject json = new JsonObject()
                .put("indicator", evidence.indicator().toString())
                .put("value", Numbers.finite(evidence.value()))
                .put("limits", limits(evidence.limits()))
                .put("limitVersion", evidence.limitVersion())
                .put("rule", evidence.rule());
        if (points) {
            JsonArray values = new JsonArray();
            evidence.values().forEach(value -> values.add(Numbers.finite(value)));
            json.put("points", new JsonArray(evidence.points())).put("values", values);
        }
        return json;
    }

    private static JsonObject status(AlarmStatus status) {
        return new JsonObject()
                .put("state", text(status.state()))
                .put("by", status.by())
                .put("since", status.since().toString())
                .put(
                        "shelvedUntil",
                        status.shelvedUntil().map(Instant::toString).orElse(null))
                .put("comments", status.comments())
                .put("revision", status.revision());
    }

    private static JsonObject note(AlarmNote note) {
        return new JsonObject()
                .put("key", note.id())
                .put("at", note.at().toString())
                .put("kind", text(note.kind()))
                .put("by", note.by())
                .put("text", note.text())
                .put("until", note.until().map(Instant::toString).orElse(null));
    }

    static String etag(AlarmStatus status) {
        return "\"" + text(status.state()) + '-' + status.revision() + '"';
    }

    static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
