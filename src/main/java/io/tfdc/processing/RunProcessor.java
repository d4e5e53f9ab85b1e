package io.tfdc.processing;

import io.tfdc.model.CompletionNotification;
import io.vertx.core.Future;

/** Does all that a notification asks for, up to the point where it may be acknowledged. */
@FunctionalInterface
interface RunProcessor {
    /** Called on the processing context, one run of a chamber at a time; repeating a run must change nothing. */
    Future<RunOutcome> process(CompletionNotification notification, Attempt attempt);
}
