package io.tfdc.cluster;

import io.tfdc.coordination.MemberEffect;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells from what a leaving member does how far it has come: it has resigned; what was at work is finished, its consumers are deleted and its
 * release is stated, since it looks for somebody to take its id; it has left.
 */
final class LeavingSteps {
    private volatile Consumer<String> done = step -> {};
    private volatile boolean begun;
    private final Set<String> told = new HashSet<>();

    /** Any thread. */
    void begin(Consumer<String> listener) {
        done = listener;
        begun = true;
    }

    /** On one context. */
    void sees(MemberEffect effect) {
        if (!begun) {
            return;
        }
        if (effect instanceof MemberEffect.Resign) {
            tell("resign");
        } else if (effect instanceof MemberEffect.FindStandbys) {
            tell("drain");
        } else if (effect instanceof MemberEffect.Left) {
            tell("drain");
            tell("release_id");
        }
    }

    private void tell(String step) {
        if (told.add(step)) {
            done.accept(step);
        }
    }
}
