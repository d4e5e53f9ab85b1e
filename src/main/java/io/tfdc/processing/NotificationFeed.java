package io.tfdc.processing;

import io.tfdc.messaging.WorkMessage;
import io.tfdc.model.ChamberId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Predicate;

/** Brings notifications to processing. Its methods are called on the processing context where nothing else is said. */
public interface NotificationFeed {
    /** Begins to deliver; completes when messages may come. */
    Future<Void> start(Vertx vertx, Receiver receiver);

    /** Whether messages may come; any thread. */
    boolean isPulling();

    /** Delivers nothing more; what is in flight can still be settled. */
    Future<Void> stop();

    /** Called once everything in flight is settled. */
    Future<Void> close();

    /** Who takes the notifications, on the processing context. */
    interface Receiver {
        void accept(WorkMessage message);

        /**
         * Lets go of everything in flight of these chambers without settling it; what is at work stores nothing more.
         */
        void leave(Predicate<ChamberId> chambers);
    }
}
