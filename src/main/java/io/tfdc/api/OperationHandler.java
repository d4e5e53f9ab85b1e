package io.tfdc.api;

import io.vertx.core.Future;
import java.util.Map;

/** Does what an operation of the contract says. */
@FunctionalInterface
interface OperationHandler {
    /** Runs on the API's context and does not block; may throw or fail with {@link Problem}. */
    Future<Reply> handle(Call call);

    /** A group of operations about one kind of thing. */
    interface Resource {
        /** Handlers by operation id. */
        Map<String, OperationHandler> operations();
    }
}
