package io.tfdc.leader;

import io.tfdc.coordination.ClusterSettings;
import java.util.OptionalInt;

/** The intended number of members: what operators say, else what the platform says, else what is configured. */
final class SizeGoal {
    private final int configured;
    private OptionalInt platform = OptionalInt.empty();

    SizeGoal(ClusterSettings settings) {
        configured = settings.expectedSize();
    }

    void seen(OptionalInt intended) {
        platform = intended;
    }

    /** Empty if nobody says. */
    OptionalInt intended(OperatorState operator) {
        if (operator.target().isPresent()) {
            return operator.target();
        }
        if (platform.isPresent()) {
            return platform;
        }
        return configured > 0 ? OptionalInt.of(configured) : OptionalInt.empty();
    }
}
