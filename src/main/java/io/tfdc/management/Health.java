package io.tfdc.management;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Whether a process should get work, as a list of named checks. A check answers at once, from memory, on any thread. Liveness
 * has no checks: a process that answers is alive, whatever it waits for.
 */
public final class Health {
    private final Map<String, Supplier<Boolean>> checks;

    /** @param checks by name; all must hold for the process to be ready */
    public Health(Map<String, Supplier<Boolean>> checks) {
        this.checks = new LinkedHashMap<>(checks);
    }

    /** Whether all checks hold now. */
    public boolean isReady() {
        return checks.values().stream().allMatch(Supplier::get);
    }

    /** The present answer of every check. */
    Map<String, Boolean> answers() {
        Map<String, Boolean> answers = new LinkedHashMap<>();
        checks.forEach((name, check) -> answers.put(name, check.get()));
        return answers;
    }
}
