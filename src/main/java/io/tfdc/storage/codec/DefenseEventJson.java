package io.tfdc.storage.codec;

import io.tfdc.model.ChartLimits;
import io.tfdc.model.DefenseEvent;
import io.tfdc.model.Evidence;
import io.tfdc.model.IndicatorKey;
import io.tfdc.model.RunId;
import io.tfdc.model.Severity;
import io.tfdc.storage.StoreException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Defense events as JSON, as they are stored and published. Numbers that JSON can't say are the texts {@code NaN},
 * {@code Infinity} and {@code -Infinity}; times are ISO 8601.
 */
public final class DefenseEventJson {
    /** Longest text accepted; 64 evidences of 1,000 points each stay below. */
    public static final int MAX_CHARS = 8 << 20;

    private DefenseEventJson() {}

    public static JsonObject toJson(DefenseEvent event) {
        JsonArray evidence = new JsonArray();
        event.evidence().forEach(one -> evidence.add(toJson(one)));
        JsonArray actions = new JsonArray();
        event.actions()
                .forEach(action ->
                        actions.add(new JsonObject().put("type", action.type()).put("target", action.target())));
        JsonObject context = new JsonObject();
        event.context().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(e -> context.put(e.getKey(), e.getValue()));
        return new JsonObject()
                .put("id", event.id())
                .put("dedupeKey", event.dedupeKey())
                .put("run", event.run().toString())
                .put("group", event.group())
                .put("strategy", event.strategy())
                .put("strategyVersion", event.strategyVersion())
                .put("rule", event.rule())
                .put("severity", event.severity().name())
                .put("mode", event.mode().name())
                .put("raisedAt", event.raisedAt().toString())
                .put("reason", event.reason())
                .put("evidence", evidence)
                .put("actions", actions)
                .put("context", context);
    }

    public static String encode(DefenseEvent event) {
        return toJson(event).encode();
    }

    /**
     * @param row names the row in the failure
     * @throws StoreException not retryable, if the text isn't an event
     */
    public static DefenseEvent decode(String text, Object row) {
        if (text.length() > MAX_CHARS) {
            throw new StoreException(
                    "corrupt row " + row + ": expected at most " + MAX_CHARS + " characters, found " + text.length(),
                    false);
        }
        try {
            return fromJson(new JsonObject(text));
        } catch (DecodeException
                | IllegalArgumentException
                | DateTimeException
                | ClassCastException
                | NullPointerException e) {
            throw new StoreException("corrupt row " + row + ": not a defense event: " + e.getMessage(), false, e);
        }
    }

    private static DefenseEvent fromJson(JsonObject json) {
        List<Evidence> evidence = new ArrayList<>();
        for (Object one : array(json, "evidence")) {
            evidence.add(evidence((JsonObject) one));
        }
        List<DefenseEvent.Action> actions = new ArrayList<>();
        for (Object one : array(json, "actions")) {
            JsonObject action = (JsonObject) one;
            actions.add(new DefenseEvent.Action(text(action, "type"), text(action, "target")));
        }
        Map<String, String> context = new HashMap<>();
        JsonObject labels = object(json, "context");
        labels.fieldNames().forEach(name -> context.put(name, text(labels, name)));
        return new DefenseEvent(
                text(json, "id"),
                text(json, "dedupeKey"),
                RunId.parse(text(json, "run")),
                text(json, "group"),
                text(json, "strategy"),
                (int) number(json, "strategyVersion"),
                text(json, "rule"),
                Severity.valueOf(text(json, "severity")),
                DefenseEvent.Mode.valueOf(text(json, "mode")),
                Instant.parse(text(json, "raisedAt")),
                text(json, "reason"),
                evidence,
                actions,
                context);
    }

    private static JsonObject toJson(Evidence evidence) {
        JsonArray points = new JsonArray();
        evidence.points().forEach(points::add);
        JsonArray values = new JsonArray();
        evidence.values().forEach(value -> values.add(number(value)));
        ChartLimits limits = evidence.limits();
        return new JsonObject()
                .put("indicator", evidence.indicator().toString())
                .put("value", number(evidence.value()))
                .put("center", number(limits.center()))
                .put("sigma", number(limits.sigma()))
                .put("lcl", number(limits.lcl()))
                .put("ucl", number(limits.ucl()))
                .put("n", limits.n())
                .put("limitVersion", evidence.limitVersion())
                .put("rule", evidence.rule())
                .put("points", points)
                .put("values", values);
    }

    private static Evidence evidence(JsonObject json) {
        List<String> points = new ArrayList<>();
        for (Object point : array(json, "points")) {
            points.add((String) point);
        }
        List<Double> values = new ArrayList<>();
        for (Object value : array(json, "values")) {
            values.add(number("values", value));
        }
        return new Evidence(
                IndicatorKey.parse(text(json, "indicator")),
                number(json, "value"),
                new ChartLimits(
                        number(json, "center"), number(json, "sigma"), number(json, "lcl"), number(json, "ucl"), (int)
                                number(json, "n")),
                (int) number(json, "limitVersion"),
                text(json, "rule"),
                points,
                values);
    }

    private static Object number(double value) {
        return Double.isFinite(value) ? (Object) value : Double.toString(value);
    }

    private static double number(JsonObject json, String field) {
        return number(field, json.getValue(field));
    }

    private static double number(String field, Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof String text) {
            return Double.parseDouble(text);
        }
        throw new IllegalArgumentException("field " + field + ": expected a number");
    }

    private static String text(JsonObject json, String field) {
        if (json.getValue(field) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("field " + field + ": expected a text");
    }

    private static JsonArray array(JsonObject json, String field) {
        if (json.getValue(field) instanceof JsonArray array) {
            return array;
        }
        throw new IllegalArgumentException("field " + field + ": expected an array");
    }

    private static JsonObject object(JsonObject json, String field) {
        if (json.getValue(field) instanceof JsonObject object) {
            return object;
        }
        throw new IllegalArgumentException("field " + field + ": expected an object");
    }
}
