package io.tfdc.management;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the probes say. A check answers at once, from memory, on any thread.
 *
 * <p>Readiness is whether a process should get work: all its checks must hold. Liveness is whether a restart would help: parts that
 * stopped beating, see {@link Pulse}, and never a dependency that is slow or away.
 */
public final class Health {
    private final Map<String, Supplier<Boolean>> checks;
    private final Pulse pulse;

    /** @param checks by name; all must hold for the process to be ready */
    public Health(Map<String, Supplier<Boolean>> checks, Pulse pulse) {
        this.checks = new LinkedHashMap<>(checks);
        this.pulse = pulse;
    }

    /** Whether all checks hold now. */
    public boolean isReady() {
        return checks.values().stream().allMatch(Supplier::get);
    }

    /** A process without parts that beat. */
    public Health(Map<String, Supplier<Boolean>> checks) {
        this(checks, new Pulse(System::nanoTime));
    }

    /** An answer to a probe, by check. */
    public record Report(Map<String, Boolean> answers) {
        public Report {
            answers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(answers));
        }

        public boolean up() {
            return !answers.containsValue(false);
        }

        public JsonObject json() {
            JsonObject json = new JsonObject().put("status", word(up()));
            if (!answers.isEmpty()) {
                JsonObject each = new JsonObject();
                answers.forEach((name, holds) -> each.put(name, word(holds)));
                json.put("checks", each);
            }
            return json;
        }

        private static String word(boolean holds) {
            return holds ? "UP" : "DOWN";
        }
    }

    public Report readiness() {
        Map<String, Boolean> answers = new LinkedHashMap<>();
        checks.forEach((name, check) -> answers.put(name, check.get()));
        return new Report(answers);
    }

    public Report liveness() {
        return new Report(pulse.answers());
    }
}
