package io.tfdc.election.grpc;

import grpc.election_agent.v1.AgentStatus;
import grpc.election_agent.v1.ControlGrpcClient;
import grpc.election_agent.v1.ElectionGrpcClient;
import grpc.election_agent.v1.Empty;
import io.tfdc.election.ElectionException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.client.InvalidStatusException;
import io.vertx.grpc.common.GrpcStatus;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Connections to the agents. A call goes to the agent that answered last, beginning with one at random so that clients spread; when it fails
 * in a way that another agent may not, the next agent gets it within the same deadline. Calls of this protocol may be repeated. An agent
 * ends connections every few minutes: the pool opens another, and a call that met the end is repeated. Not safe for use from several threads.
 */
final class AgentChannel {
    /** Another agent, or this one on a new connection, may answer. */
    private static final Set<GrpcStatus> ELSEWHERE = Set.of(
            GrpcStatus.UNAVAILABLE, GrpcStatus.FAILED_PRECONDITION, GrpcStatus.CANCELLED, GrpcStatus.DEADLINE_EXCEEDED);

    private final GrpcClient client;
    private final List<String> names;
    private final List<ElectionGrpcClient> agents;
    private final List<ControlGrpcClient> controls;
    private final long attemptMillis;
    private int current;

    AgentChannel(Vertx vertx, AgentClientOptions options) {
        attemptMillis = Math.max(1, options.timeout().toMillis() / 2);
        client = GrpcClient.builder(vertx)
                .with(new GrpcClientOptions()
                        .setTimeout((int) attemptMillis)
                        .setTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setScheduleDeadlineAutomatically(true))
                .with(http(options))
                .build();
        names = options.agents();
        controls = names.stream()
                .map(agent -> ControlGrpcClient.create(client, address(agent)))
                .toList();
        agents = names.stream()
                .map(agent -> ElectionGrpcClient.create(client, address(agent)))
                .toList();
        current = ThreadLocalRandom.current().nextInt(agents.size());
    }

    private HttpClientOptions http(AgentClientOptions options) {
        HttpClientOptions http = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setConnectTimeout((int) attemptMillis)
                .setTcpKeepAlive(true);
        options.tls().ifPresent(tls -> {
            http.setSsl(true).setUseAlpn(true);
            tls.authorities()
                    .ifPresent(file -> http.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
            tls.certificate()
                    .ifPresent(chain -> http.setKeyCertOptions(new PemKeyCertOptions()
                            .addCertPath(chain.toString())
                            .addKeyPath(tls.key().orElse(chain).toString())));
        });
        return http;
    }

    private static SocketAddress address(String agent) {
        int colon = agent.lastIndexOf(':');
        return SocketAddress.inetSocketAddress(Integer.parseInt(agent.substring(colon + 1)), agent.substring(0, colon));
    }

    /** Asks; fails with the last agent's {@link InvalidStatusException} or another failure of the connection. */
    <T> Future<T> call(Function<ElectionGrpcClient, Future<T>> question) {
        int asked = current;
        return attempt(asked, question).recover(error -> {
            if (!mayAnswerElsewhere(error)) {
                return Future.failedFuture(error);
            }
            turnFrom(asked);
            int next = current;
            return attempt(next, question).onFailure(again -> {
                if (mayAnswerElsewhere(again)) {
                    turnFrom(next);
                }
            });
        });
    }

    /** How each agent stands, also those that do not answer. */
    Future<List<AgentView>> views() {
        List<Future<AgentView>> views = IntStream.range(0, names.size())
                .mapToObj(i -> controls.get(i)
                        .getStatus(Empty.getDefaultInstance())
                        .timeout(attemptMillis, TimeUnit.MILLISECONDS)
                        .map(AgentStatus::getState)
                        .otherwise(error -> "no answer: " + error.getMessage())
                        .map(state -> new AgentView(names.get(i), state)))
                .toList();
        return Future.all(views).map(all -> views.stream().map(Future::result).toList());
    }

    private <T> Future<T> attempt(int agent, Function<ElectionGrpcClient, Future<T>> question) {
        try {
            return question.apply(agents.get(agent)).timeout(attemptMillis, TimeUnit.MILLISECONDS);
        } catch (IllegalStateException closed) {
            return Future.failedFuture(closed); // the client says so at once instead of failing a future
        }
    }

    /** Another call may have turned already. */
    private void turnFrom(int agent) {
        if (current == agent) {
            current = (agent + 1) % agents.size();
        }
    }

    private static boolean mayAnswerElsewhere(Throwable error) {
        return !(error instanceof InvalidStatusException status) || ELSEWHERE.contains(status.actualStatus());
    }

    /** The status of a refusal, UNAVAILABLE where there was no answer. */
    static GrpcStatus status(Throwable error) {
        return error instanceof InvalidStatusException status ? status.actualStatus() : GrpcStatus.UNAVAILABLE;
    }

    static <T> Future<T> failed(Throwable error) {
        return Future.failedFuture(
                error instanceof ElectionException known
                        ? known
                        : new ElectionException("the election agents did not decide: " + error.getMessage(), error));
    }

    Future<Void> close() {
        return client.close();
    }
}
