package io.tfdc.election.agent;

import grpc.election_agent.v1.BoolValue;
import grpc.election_agent.v1.CampaignRequest;
import grpc.election_agent.v1.CampaignResult;
import grpc.election_agent.v1.ElectionService;
import grpc.election_agent.v1.ExtendElectedTermRequest;
import grpc.election_agent.v1.GetLeaderRequest;
import grpc.election_agent.v1.GetPodsRequest;
import grpc.election_agent.v1.HandoverRequest;
import grpc.election_agent.v1.Leader;
import grpc.election_agent.v1.Leaders;
import grpc.election_agent.v1.ListLeadersRequest;
import grpc.election_agent.v1.Pods;
import grpc.election_agent.v1.ResignRequest;
import grpc.election_agent.v1.StringValue;
import io.tfdc.election.lease.LeaseAnswer;
import io.tfdc.election.lease.LeaseAnswer.Verdict;
import io.tfdc.election.lease.LeaseCommand;
import io.tfdc.election.lease.LeaseCommand.Campaign;
import io.tfdc.election.lease.LeaseCommand.Extend;
import io.tfdc.election.lease.LeaseCommand.Handover;
import io.tfdc.election.lease.LeaseCommand.Resign;
import io.tfdc.election.lease.LeaseKey;
import io.tfdc.election.raft.LeaseLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.StatusException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * The service {@code Election}. Its status codes are those that existing clients expect, also where one would choose others: a lost campaign is
 * OK, an extension with open outcome is OK and false, the name in a list of leaders carries the prefix of an old store.
 */
final class ElectionCalls extends ElectionService {
    /** What clients find before {@code kind/election} in a list of leaders. */
    static final String LISTED_PREFIX = "ela/lease/";

    private final Vertx vertx;
    private final LeaseLog log;
    private final AgentState state;
    private final Optional<PodSource> pods;
    private final CallMetrics metrics;

    ElectionCalls(Vertx vertx, LeaseLog log, AgentState state, Optional<PodSource> pods, CallMetrics metrics) {
        this.vertx = vertx;
        this.log = log;
        this.state = state;
        this.pods = pods;
        this.metrics = metrics;
    }

    @Override
    public Future<CampaignResult> campaign(CampaignRequest request) {
        return metrics.timed("campaign", () -> {
            LeaseKey key = RequestChecks.key(request.getKind(), request.getElection());
            String candidate = RequestChecks.name("candidate", request.getCandidate());
            Campaign command = new Campaign(key, candidate, RequestChecks.term(request.getTerm()));
            if (state.isStandby()) {
                return Future.succeededFuture(result(key, false, "", 0));
            }
            return submit(command, GrpcStatus.FAILED_PRECONDITION).map(answer -> {
                boolean elected = answer.verdict() == Verdict.GRANTED;
                return result(key, elected, answer.leader(), elected ? answer.token() : 0);
            });
        });
    }

    private static CampaignResult result(LeaseKey key, boolean elected, String leader, long token) {
        return CampaignResult.newBuilder()
                .setElected(elected)
                .setLeader(leader)
                .setKind(key.kind())
                .setToken(token)
                .build();
    }

    @Override
    public Future<BoolValue> extendElectedTerm(ExtendElectedTermRequest request) {
        return metrics.timed("extend", () -> {
            LeaseKey key = RequestChecks.key(request.getKind(), request.getElection());
            String leader = RequestChecks.name("leader", request.getLeader());
            Extend command = new Extend(key, leader, RequestChecks.term(request.getTerm()));
            int retries = RequestChecks.within("retries", request.getRetries(), 10);
            int pause = RequestChecks.within("retry_interval", request.getRetryInterval(), 1_000);
            return state.isStandby() ? truth(false) : extend(command, retries, pause);
        });
    }

    private Future<BoolValue> extend(Extend command, int retries, int pause) {
        return submit(command, GrpcStatus.UNAVAILABLE).transform(answer -> {
            if (answer.succeeded()) {
                return switch (answer.result().verdict()) {
                    case GRANTED -> truth(true);
                    case HELD_BY_OTHER ->
                        refused(GrpcStatus.ALREADY_EXISTS, answer.result().leader() + " leads");
                    case NOT_HELD, FULL -> refused(GrpcStatus.NOT_FOUND, "nobody leads");
                };
            }
            return retries == 0
                    ? truth(false)
                    : vertx.timer(Math.max(1, pause)).compose(v -> extend(command, retries - 1, pause));
        });
    }

    @Override
    public Future<BoolValue> resign(ResignRequest request) {
        return metrics.timed("resign", () -> {
            LeaseKey key = RequestChecks.key(request.getKind(), request.getElection());
            Resign command = new Resign(key, RequestChecks.name("leader", request.getLeader()));
            if (state.isStandby()) {
                return truth(false);
            }
            return submit(command, GrpcStatus.FAILED_PRECONDITION)
                    .compose(answer -> answer.verdict() == Verdict.GRANTED
                            ? truth(true)
                            : refused(GrpcStatus.NOT_FOUND, request.getLeader() + " does not lead"));
        });
    }

    @Override
    public Future<BoolValue> handover(HandoverRequest request) {
        return metrics.timed("handover", () -> {
            LeaseKey key = RequestChecks.key(request.getKind(), request.getElection());
            String leader = RequestChecks.name("leader", request.getLeader());
            Handover command = new Handover(key, leader, RequestChecks.term(request.getTerm()));
            return state.isStandby()
                    ? truth(false)
                    : submit(command, GrpcStatus.UNKNOWN).compose(answer -> truth(true));
        });
    }

    @Override
    public Future<StringValue> getLeader(GetLeaderRequest request) {
        return metrics.timed("get_leader", () -> {
            LeaseKey key = RequestChecks.key(request.getKind(), request.getElection());
            return ask(() -> log.leader(key), GrpcStatus.FAILED_PRECONDITION)
                    .compose(leader -> leader.isEmpty()
                            ? refused(GrpcStatus.NOT_FOUND, "nobody leads")
                            : Future.succeededFuture(StringValue.newBuilder()
                                    .setValue(leader.get())
                                    .build()));
        });
    }

    @Override
    public Future<Leaders> listLeaders(ListLeadersRequest request) {
        return metrics.timed("list_leaders", () -> {
            String kind = RequestChecks.kind(request.getKind());
            return ask(() -> log.leaders(kind), GrpcStatus.FAILED_PRECONDITION).map(found -> {
                Leaders.Builder leaders = Leaders.newBuilder();
                found.forEach((election, name) -> leaders.addLeaders(Leader.newBuilder()
                        .setElection(LISTED_PREFIX + kind + '/' + election)
                        .setName(name)));
                return leaders.build();
            });
        });
    }

    @Override
    public Future<Pods> getPods(GetPodsRequest request) {
        return metrics.timed("get_pods", () -> {
            if (pods.isEmpty()) {
                return refused(GrpcStatus.UNIMPLEMENTED, "this agent does not ask Kubernetes");
            }
            String namespace = RequestChecks.kubernetesName("namespace", request.getNamespace());
            String deployment = request.getDeployment();
            String pod = request.getPodName();
            if (deployment.isEmpty() && pod.isEmpty()) {
                return refused(GrpcStatus.INVALID_ARGUMENT, "expected deployment or pod_name");
            }
            Future<Pods> found = pod.isEmpty()
                    ? pods.get().ofDeployment(namespace, RequestChecks.kubernetesName("deployment", deployment))
                    : pods.get().named(namespace, RequestChecks.kubernetesName("pod_name", pod));
            return found.recover(error -> refused(GrpcStatus.UNAVAILABLE, "Kubernetes: " + error.getMessage()));
        });
    }

    private Future<LeaseAnswer> submit(LeaseCommand command, GrpcStatus ifOpen) {
        return ask(() -> log.submit(command), ifOpen)
                .compose(answer -> answer.verdict() == Verdict.FULL
                        ? refused(GrpcStatus.RESOURCE_EXHAUSTED, "too many elections")
                        : Future.succeededFuture(answer));
    }

    private <T> Future<T> ask(Supplier<CompletionStage<T>> question, GrpcStatus ifOpen) {
        return Future.fromCompletionStage(question.get(), vertx.getOrCreateContext())
                .recover(error -> {
                    metrics.unavailable();
                    return refused(ifOpen, "no majority of the replicas answers");
                });
    }

    private static Future<BoolValue> truth(boolean value) {
        return Future.succeededFuture(BoolValue.newBuilder().setValue(value).build());
    }

    private static <T> Future<T> refused(GrpcStatus status, String message) {
        return Future.failedFuture(new StatusException(status, message));
    }
}
