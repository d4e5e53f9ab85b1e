package io.tfdc.management;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the probes say. A check answers at once, from memory, on any thread.
 *
 * <p>A start is through once all that the process does by itself has come about at a time; then that is so for the rest of its life. Readiness
 * is whether it should get work: all its checks must hold. Liveness is whether a restart would help: parts that stopped beating, see
 * {@link Pulse}, and never a dependency that is slow or away.
 */
public final class Health {
    private final Map<String, Supplier<Boolean>> start;
    private final Map<String, Supplier<Boolean>> further;
    private final Pulse pulse;
    private volatile boolean started;

    /**
     * @param start by name: what has to come about for the start to be through
     * @param further by name: what else must hold for the process to be ready, such as what others have to tell it
     */
    public Health(Map<String, Supplier<Boolean>> start, Map<String, Supplier<Boolean>> further, Pulse pulse) {
        this.start = new LinkedHashMap<>(start);
        this.further = new LinkedHashMap<>(further);
        this.pulse = pulse;
    }

    /** A process without parts that beat, whose start is through when it is ready. */
    public Health(Map<String, Supplier<Boolean>> checks) {
        this(checks, Map.of(), new Pulse(System::nanoTime));
    }

    /** Whether all checks hold now. */
    public boolean isReady() {
        return readiness().up();
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

    /** UP from the moment on at which the start was through; until then what it waits for. */
    public Report startup() {
        return started ? new Report(Map.of()) : new Report(begin());
    }

    public Report readiness() {
        Map<String, Boolean> answers = begin();
        further.forEach((name, check) -> answers.put(name, check.get()));
        return new Report(answers);
    }

    private Map<String, Boolean> begin() {
        Map<String, Boolean> answers = new LinkedHashMap<>();
        start.forEach((name, check) -> answers.put(name, check.get()));
        if (!answers.containsValue(false)) {
            started = true;
        }
        return answers;
    }

    public Report liveness() {
        return new Report(pulse.answers());
    }
}
