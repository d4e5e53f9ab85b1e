package io.tfdc.processing;

import io.tfdc.messaging.WorkMessage;
import io.vertx.core.Future;
import java.time.Duration;

/** Turns a failure into what the broker is told. */
final class Settlement {
    private final FailureRules rules;
    private final DeadLetters letters;

    Settlement(FailureRules rules, DeadLetters letters) {
        this.rules = rules;
        this.letters = letters;
    }

    /** What is to become of the message. */
    RunFailed.Action actionFor(Failure failure, int tries) {
        if (failure instanceof Failure.Fenced) {
            return RunFailed.Action.LEFT;
        }
        if (failure instanceof Failure.Overloaded) {
            return RunFailed.Action.HELD;
        }
        if (failure instanceof Failure.Retryable retryable
                && tries < Math.min(retryable.maxTries(), rules.maxTries())) {
            return RunFailed.Action.RETRIED;
        }
        return RunFailed.Action.DEAD_LETTERED;
    }

    /**
     * Does it. A dead letter is stored before the message is terminated, so that a failure in between costs nothing but a
     * repetition.
     */
    Future<Void> settle(WorkMessage message, Failure failure, RunFailed.Action action, int tries) {
        return switch (action) {
            case HELD -> Future.succeededFuture();
            case LEFT -> {
                message.leave();
                yield Future.succeededFuture();
            }
            case RETRIED -> message.nak(rules.delayAfter(tries));
            case RETURNED -> message.nak(Duration.ZERO);
            case DEAD_LETTERED -> letters.add(message, failure).compose(stored -> message.terminate(failure.reason()));
        };
    }
}
