package io.tfdc.election.grpc;

import grpc.election_agent.v1.BoolValue;
import grpc.election_agent.v1.CampaignRequest;
import grpc.election_agent.v1.ExtendElectedTermRequest;
import grpc.election_agent.v1.GetLeaderRequest;
import grpc.election_agent.v1.GetPodsRequest;
import grpc.election_agent.v1.HandoverRequest;
import grpc.election_agent.v1.Pods;
import grpc.election_agent.v1.ResignRequest;
import grpc.election_agent.v1.StringValue;
import io.tfdc.election.ClusterSizeSource;
import io.tfdc.election.ElectionException;
import io.tfdc.election.ElectionService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One election, decided by Election Agents. Refusals are status codes of theirs; an extension that they answer with "false" is one they could
 * not decide, which is no refusal: the leader goes on until its term is over by its own clock. Use an instance on one context.
 */
public final class AgentElection implements ElectionService, ClusterSizeSource {
    private final AgentChannel agents;
    private final String election;

    public AgentElection(Vertx vertx, AgentClientOptions options) {
        this.agents = new AgentChannel(vertx, options);
        this.election = options.election();
    }

    @Override
    public Future<CampaignResult> campaign(String candidate, Duration term) {
        CampaignRequest request = CampaignRequest.newBuilder()
                .setElection(election)
                .setCandidate(candidate)
                .setTerm(millis(term))
                .build();
        return agents.call(agent -> agent.campaign(request))
                .map(answer -> new CampaignResult(answer.getElected(), answer.getLeader(), answer.getToken()))
                .recover(AgentChannel::failed);
    }

    @Override
    public Future<Boolean> extend(String candidate, Duration term) {
        ExtendElectedTermRequest request = ExtendElectedTermRequest.newBuilder()
                .setElection(election)
                .setLeader(candidate)
                .setTerm(millis(term))
                .build();
        return agents.call(agent -> agent.extendElectedTerm(request))
                .compose(answer -> answer.getValue()
                        ? Future.succeededFuture(true)
                        : Future.failedFuture(new ElectionException("the election agent could not decide")))
                .recover(error -> isRefusal(error) ? Future.succeededFuture(false) : AgentChannel.failed(error));
    }

    private static boolean isRefusal(Throwable error) {
        GrpcStatus status = AgentChannel.status(error);
        return status == GrpcStatus.ALREADY_EXISTS || status == GrpcStatus.NOT_FOUND;
    }

    @Override
    public Future<Void> resign(String candidate) {
        return resignIfLeading(candidate).mapEmpty();
    }

    /** {@link #resign} that tells whether the agents took it: false if somebody else leads. */
    public Future<Boolean> resignIfLeading(String leader) {
        ResignRequest request = ResignRequest.newBuilder()
                .setElection(election)
                .setLeader(leader)
                .build();
        return agents.call(agent -> agent.resign(request))
                .map(BoolValue::getValue)
                .recover(error -> notFound(error, false));
    }

    /** Names the next leader; it is elected when the present one has resigned or its term is over. */
    public Future<Boolean> handOver(String leader, Duration term) {
        HandoverRequest request = HandoverRequest.newBuilder()
                .setElection(election)
                .setLeader(leader)
                .setTerm(millis(term))
                .build();
        return agents.call(agent -> agent.handover(request))
                .map(BoolValue::getValue)
                .recover(AgentChannel::failed);
    }

    /** Who leads, empty if nobody does. */
    public Future<Optional<String>> leader() {
        GetLeaderRequest request =
                GetLeaderRequest.newBuilder().setElection(election).build();
        return agents.call(agent -> agent.getLeader(request))
                .map(StringValue::getValue)
                .map(Optional::of)
                .recover(error -> notFound(error, Optional.<String>empty()));
    }

    /** How each agent stands. */
    public Future<List<AgentView>> views() {
        return agents.views();
    }

    @Override
    public Future<OptionalInt> desiredReplicas(String namespace, String pod) {
        GetPodsRequest request = GetPodsRequest.newBuilder()
                .setNamespace(namespace)
                .setPodName(pod)
                .build();
        return agents.call(agent -> agent.getPods(request))
                .map(AgentElection::desired)
                .recover(error -> AgentChannel.status(error) == GrpcStatus.UNIMPLEMENTED
                        ? Future.succeededFuture(OptionalInt.empty())
                        : AgentChannel.failed(error));
    }

    private static OptionalInt desired(Pods pods) {
        return pods.getItemsList().stream()
                .mapToInt(pod -> pod.getReplicaSet().getDesiredReplicas())
                .filter(desired -> desired > 0)
                .findFirst();
    }

    private static <T> Future<T> notFound(Throwable error, T answer) {
        return AgentChannel.status(error) == GrpcStatus.NOT_FOUND
                ? Future.succeededFuture(answer)
                : AgentChannel.failed(error);
    }

    private static int millis(Duration term) {
        return Math.toIntExact(term.toMillis());
    }

    @Override
    public Future<Void> close() {
        return agents.close();
    }
}
