package io.tfdc.cli;

import io.tfdc.api.ClusterOperations;
import io.tfdc.cluster.ClusterHistory;
import io.tfdc.cluster.ClusterNames;
import io.tfdc.cluster.DecisionLog;
import io.tfdc.cluster.OperatorClient;
import io.tfdc.coordination.Transition;
import io.tfdc.leader.Decision;
import io.tfdc.leader.DecisionMark;
import io.tfdc.leader.OperatorCommand;
import io.tfdc.leader.OperatorReply;
import io.tfdc.messaging.MessageBroker;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The leader as the API asks it: over the broker, whoever leads. Used on the API's context. */
final class LeaderOperations implements ClusterOperations {
    private final MessageBroker broker;
    private final ClusterNames names;
    private final int replicas;
    private @Nullable Future<ClusterHistory> history;

    LeaderOperations(MessageBroker broker, ClusterNames names, int replicas) {
        this.broker = broker;
        this.names = names;
        this.replicas = replicas;
    }

    @Override
    public Future<OperatorReply> ask(OperatorCommand command, String by) {
        return new OperatorClient(broker, names, by).ask(command);
    }

    @Override
    public Future<List<Decision>> decisions(int max) {
        return DecisionLog.open(broker, names, replicas)
                .compose(log -> log.newest(max))
                .map(oldestFirst -> {
                    List<Decision> newestFirst = new ArrayList<>(oldestFirst);
                    Collections.reverse(newestFirst);
                    return newestFirst;
                });
    }

    @Override
    public Future<History> history() {
        return opened().compose(open -> {
                    Future<List<Transition>> transitions = open.transitions();
                    Future<List<DecisionMark>> decisions = open.decisions();
                    return Future.all(transitions, decisions)
                            .map(read -> new History(
                                    transitions.result(),
                                    decisions.result(),
                                    transitions.result().size() < ClusterHistory.MOST_TRANSITIONS));
                })
                // The streams may have been made anew.
                .onFailure(error -> history = null);
    }

    private Future<ClusterHistory> opened() {
        Future<ClusterHistory> known = history;
        if (known == null) {
            known = ClusterHistory.open(broker, names, replicas);
            history = known;
        }
        return known;
    }
}
