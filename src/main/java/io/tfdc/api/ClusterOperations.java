package io.tfdc.api;

import io.tfdc.coordination.Transition;
import io.tfdc.leader.Decision;
import io.tfdc.leader.DecisionMark;
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

    /** What happened lately. */
    Future<History> history();

    /**
     * What happened lately, whoever led.
     *
     * @param transitions states of processes, in the order in which they became known
     * @param decisions oldest first
     * @param complete false if there may have been more than can be held
     */
    record History(List<Transition> transitions, List<DecisionMark> decisions, boolean complete) {
        public History {
            transitions = List.copyOf(transitions);
            decisions = List.copyOf(decisions);
        }
    }

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

            @Override
            public Future<History> history() {
                return Future.failedFuture(missing());
            }

            private Problem missing() {
                return Problem.unavailable("this process does not belong to a cluster");
            }
        };
    }
}
