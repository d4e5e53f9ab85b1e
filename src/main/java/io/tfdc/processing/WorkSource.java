package io.tfdc.processing;

import io.tfdc.messaging.WorkConsumer;
import io.vertx.core.Future;

/** Where notifications come from. */
public interface WorkSource {
    /** A consumer that isn't started yet. Called again when the last one was lost. */
    Future<WorkConsumer> open();

    /** Called once the last consumer has stopped and everything in flight is settled. */
    Future<Void> close();
}
