package io.tfdc.election.agent;

import grpc.election_agent.v1.AgentStatus;
import grpc.election_agent.v1.BoolValue;
import grpc.election_agent.v1.ControlService;
import grpc.election_agent.v1.Empty;
import io.tfdc.election.raft.LeaseLog;
import io.vertx.core.Future;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.StatusException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service {@code Control}: the state of this replica. There is no zone coordinator; its flag tells whether the log has a leader. */
final class ControlCalls extends ControlService {
    private static final Logger LOG = LoggerFactory.getLogger(ControlCalls.class);

    private final LeaseLog log;
    private final AgentState state;
    private final String zone;
    private final CallMetrics metrics;

    ControlCalls(LeaseLog log, AgentState state, String zone, CallMetrics metrics) {
        this.log = log;
        this.state = state;
        this.zone = zone;
        this.metrics = metrics;
    }

    @Override
    public Future<AgentStatus> getStatus(Empty request) {
        return metrics.timed(
                "get_status",
                () -> Future.succeededFuture(AgentStatus.newBuilder()
                        .setState(state.name())
                        .setMode("normal")
                        .setActiveZone(zone)
                        .setZcConnected(log.hasLeader())
                        .setPeerConnected(log.hasLeader() && log.silentPeers() == 0)
                        .build()));
    }

    @Override
    public Future<BoolValue> setStatus(AgentStatus request) {
        return metrics.timed("set_status", () -> {
            switch (request.getState()) {
                case AgentState.ACTIVE -> state.setStandby(false);
                case AgentState.STANDBY -> state.setStandby(true);
                default -> throw new StatusException(GrpcStatus.INVALID_ARGUMENT, "state: expected active or standby");
            }
            LOG.atInfo().addKeyValue("state", request.getState()).log("The state was set");
            return Future.succeededFuture(BoolValue.newBuilder().setValue(true).build());
        });
    }
}
