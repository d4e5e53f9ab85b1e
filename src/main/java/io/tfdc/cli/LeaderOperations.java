package io.tfdc.cli;

import io.tfdc.api.ClusterOperations;
import io.tfdc.cluster.ClusterNames;
import io.tfdc.cluster.DecisionLog;
import io.tfdc.cluster.OperatorClient;
import io.tfdc.leader.Decision;
import io.tfdc.leader.OperatorCommand;
import io.tfdc.leader.OperatorReply;
import io.tfdc.messaging.MessageBroker;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The leader as the API asks it: over the broker, whoever leads. */
final class LeaderOperations implements ClusterOperations {
    private final MessageBroker broker;
    private final ClusterNames names;
    private final int replicas;

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
}
