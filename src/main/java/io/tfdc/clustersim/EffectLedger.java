package io.tfdc.clustersim;

import io.tfdc.clustersim.SimulatedStream.Notification;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Every notification has exactly one effect: its result is stored before it is settled, and at the end all are. */
final class EffectLedger {
    private final World world;
    private final Checks checks;
    private final Set<Long> published = new HashSet<>();
    private final Set<Long> settled = new HashSet<>();
    private long executions;

    EffectLedger(World world, Checks checks) {
        this.world = world;
        this.checks = checks;
    }

    void published(int chamber, long context) {
        published.add(SimulatedStore.key(chamber, context));
    }

    void executed() {
        executions++;
    }

    long executions() {
        return executions;
    }

    int publishedCount() {
        return published.size();
    }

    void settled(SimulatedProcess process, Notification message) {
        settled.add(SimulatedStore.key(message.chamber(), message.context()));
        if (!world.store().has(message.chamber(), message.context())) {
            checks.fail(
                    Invariant.EXACTLY_ONE_EFFECT,
                    message + " is settled by " + process.name() + " without a stored result",
                    message.chamber(),
                    process.name());
        }
    }

    /** What is missing at the end, in words; empty if everything has had its effect. */
    Optional<String> missing() {
        if (settled.size() == published.size() && world.store().size() == published.size()) {
            return Optional.empty();
        }
        return Optional.of(
                published.size() + " published, " + world.store().size() + " stored, " + settled.size() + " settled");
    }
}
