package io.tfdc.cluster;

import io.tfdc.coordination.Transition;
import io.tfdc.leader.DecisionMark;
import io.tfdc.messaging.MessageBroker;
import io.vertx.core.Future;
import java.util.List;

/** What happened in a cluster lately, as its streams keep it whoever leads. To be used on one context. */
public final class ClusterHistory {
    /** Most states that are held. */
    public static final int MOST_TRANSITIONS = 2_000;

    private static final int MOST_DECISIONS = 500;

    private final StreamTail<Transition> transitions;
    private final StreamTail<DecisionMark> decisions;

    private ClusterHistory(TransitionLog transitions, DecisionLog decisions) {
        this.transitions = transitions.tail(MOST_TRANSITIONS);
        this.decisions = decisions.marks(MOST_DECISIONS);
    }

    public static Future<ClusterHistory> open(MessageBroker broker, ClusterNames names, int replicas) {
        Future<TransitionLog> transitions = TransitionLog.open(broker, names, replicas);
        Future<DecisionLog> decisions = DecisionLog.open(broker, names, replicas);
        return Future.all(transitions, decisions)
                .map(open -> new ClusterHistory(transitions.result(), decisions.result()));
    }

    /** States, in the order in which they were stored. */
    public Future<List<Transition>> transitions() {
        return transitions.read();
    }

    /** Decisions, oldest first. */
    public Future<List<DecisionMark>> decisions() {
        return decisions.read();
    }
}
