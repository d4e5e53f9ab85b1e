package io.tfdc.processing;

import io.tfdc.model.ChartLimits;
import io.tfdc.model.DefenseEvent;
import io.tfdc.model.Evidence;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a published alarm. Equal events give equal bytes. Numbers that JSON can't carry (an undefined value, a missing
 * limit) are {@code null}.
 */
public final class AlarmCodec {
    private AlarmCodec() {}

    public static byte[] encode(DefenseEvent event) {
        return toJson(event).toBuffer().getBytes();
    }

    public static JsonObject toJson(DefenseEvent event) {
        return new JsonObject()
                .put("id", event.id())
                .put("dedupeKey", event.dedupeKey())
                .put("toolId", event.run().chamber().tool())
                .put("chamberId", event.run().chamber().chamber())
                .put("contextId", event.run().context())
                .put("group", event.group())
                .put(
                        "strategy",
                        new JsonObject()
                                .put("id", event.strategy())
                                .put("version", event.strategyVersion())
                                .put("rule", event.rule()))
                .put("severity", event.severity().name())
                .put("mode", event.mode().name())
                .put("raisedAt", event.raisedAt().toString())
                .put("reason", event.reason())
                .put("evidence", array(event.evidence().stream().map(AlarmCodec::evidence)))
                .put(
                        "actions",
                        array(event.actions().stream()
                                .map(action -> new JsonObject()
                                        .put("type", action.type())
                                        .put("target", action.target()))))
                .put("context", sorted(event));
    }

    private static JsonObject evidence(Evidence evidence) {
        ChartLimits limits = evidence.limits();
        return new JsonObject()
                .put("indicator", evidence.indicator().toString())
                .put("value", number(evidence.value()))
                .put(
                        "limits",
                        new JsonObject()
                                .put("version", evidence.limitVersion())
                                .put("center", number(limits.center()))
                                .put("sigma", number(limits.sigma()))
                                .put("lcl", number(limits.lcl()))
                                .put("ucl", number(limits.ucl()))
                                .put("n", limits.n()))
                .put("rule", evidence.rule())
                .put("points", new JsonArray(List.copyOf(evidence.points())))
                .put("values", numbers(evidence.values()));
    }

    private static JsonArray numbers(List<Double> values) {
        JsonArray array = new JsonArray();
        for (double value : values) {
            Double finite = number(value);
            if (finite == null) {
                array.addNull();
            } else {
                array.add(finite);
            }
        }
        return array;
    }

    private static @Nullable Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static JsonArray array(Stream<JsonObject> objects) {
        JsonArray array = new JsonArray();
        objects.forEach(array::add);
        return array;
    }

    private static JsonObject sorted(DefenseEvent event) {
        JsonObject labels = new JsonObject();
        new TreeMap<>(event.context()).forEach(labels::put);
        return labels;
    }
}
