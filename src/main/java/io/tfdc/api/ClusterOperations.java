package io.tfdc.api;

import io.tfdc.leader.Decision;
import io.tfdc.leader.OperatorCommand;
import io.tfdc.leader.OperatorReply;
import io.vertx.core.Future;
import java.util.List;

/** The way to the leader, wherever it is. Futures complete on the caller's context and fail where no leader answers in time. */
public interface ClusterOperations {
    /**
     * Asks the leader.
     *
     * @param by who asks, for the log of decisions
     */
    Future<OperatorReply> ask(OperatorCommand command, String by);

    /** The latest decisions, newest first. */
    Future<List<Decision>> decisions(int max);

    /** A process without a cluster: every call fails with what is to be told. */
    static ClusterOperations none() {
        return new ClusterOperations() {
            @Override
            public Future<OperatorReply> ask(OperatorCommand command, String by) {
                return Future.failedFuture(missing());
            }

            @Override
            public Future<List<Decision>> decisions(int max) {
                return Future.failedFuture(missing());
            }

            private Problem missing() {
                return Problem.unavailable("this process does not belong to a cluster");
            }
        };
    }
}
