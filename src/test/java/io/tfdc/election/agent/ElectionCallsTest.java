package io.tfdc.election.agent;

import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.election_agent.v1.AgentStatus;
import grpc.election_agent.v1.BoolValue;
import grpc.election_agent.v1.CampaignRequest;
import grpc.election_agent.v1.CampaignResult;
import grpc.election_agent.v1.ControlGrpcClient;
import grpc.election_agent.v1.ElectionGrpcClient;
import grpc.election_agent.v1.Empty;
import grpc.election_agent.v1.ExtendElectedTermRequest;
import grpc.election_agent.v1.GetLeaderRequest;
import grpc.election_agent.v1.GetPodsRequest;
import grpc.election_agent.v1.HandoverRequest;
import grpc.election_agent.v1.ListLeadersRequest;
import grpc.election_agent.v1.ResignRequest;
import grpc.election_agent.v1.StringValue;
import grpc.health.v1.HealthCheckRequest;
import grpc.health.v1.HealthCheckResponse;
import grpc.health.v1.HealthCheckResponse.ServingStatus;
import grpc.health.v1.HealthGrpcClient;
import io.vertx.core.Future;
import io.vertx.grpc.client.InvalidStatusException;
import io.vertx.grpc.common.GrpcStatus;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers and status codes, over a real connection. */
class ElectionCallsTest {
    private final AgentUnderTest agent = new AgentUnderTest(Optional.empty());
    private final ElectionGrpcClient election = ElectionGrpcClient.create(agent.client, agent.address);
    private final ControlGrpcClient control = ControlGrpcClient.create(agent.client, agent.address);
    private final HealthGrpcClient health = HealthGrpcClient.create(agent.client, agent.address);

    @AfterEach
    void close() {
        agent.close();
    }

    @Test
    void campaigns() {
        CampaignResult won = await(campaign("e", "a", 1_000));
        assertEquals(
                CampaignResult.newBuilder()
                        .setElected(true)
                        .setLeader("a")
                        .setKind("default")
                        .setToken(1)
                        .build(),
                won);
        CampaignResult lost = await(campaign("e", "b", 1_000));
        assertEquals(
                CampaignResult.newBuilder().setLeader("a").setKind("default").build(), lost);
        assertTrue(await(campaign("e", "a", 1_000)).getElected(), "again by the leader");
        agent.log.elapse(1_000);
        assertEquals(2, await(campaign("e", "b", 1_000)).getToken());
    }

    @Test
    void requestsThatAreNotValid() {
        assertStatus(GrpcStatus.INVALID_ARGUMENT, campaign("e", "a", 999));
        assertStatus(GrpcStatus.INVALID_ARGUMENT, campaign("", "a", 1_000));
        assertStatus(GrpcStatus.INVALID_ARGUMENT, campaign("e", "", 1_000));
        assertStatus(GrpcStatus.INVALID_ARGUMENT, campaign("e", "a".repeat(257), 1_000));
        assertStatus(GrpcStatus.INVALID_ARGUMENT, extend("", 3_000, 0, 0));
        assertStatus(GrpcStatus.INVALID_ARGUMENT, extend("a", 0, 0, 0));
        assertStatus(GrpcStatus.INVALID_ARGUMENT, extend("a", 3_000, 11, 0));
        assertStatus(GrpcStatus.INVALID_ARGUMENT, extend("a", 3_000, -1, 0));
        assertStatus(GrpcStatus.INVALID_ARGUMENT, extend("a", 3_000, 0, 1_001));
        assertStatus(GrpcStatus.INVALID_ARGUMENT, resign(""));
        assertStatus(GrpcStatus.INVALID_ARGUMENT, handover("", 1_000));
        assertStatus(GrpcStatus.INVALID_ARGUMENT, handover("a", 999));
        assertStatus(GrpcStatus.INVALID_ARGUMENT, election.getLeader(GetLeaderRequest.getDefaultInstance()));
    }

    @Test
    void extensions() {
        assertStatus(GrpcStatus.NOT_FOUND, extend("a", 3_000, 0, 0));
        await(campaign("e", "a", 3_000));
        assertTrue(await(extend("a", 3_000, 0, 0)).getValue());
        assertStatus(GrpcStatus.ALREADY_EXISTS, extend("b", 3_000, 0, 0));
        agent.log.elapse(10_000);
        assertTrue(await(extend("a", 3_000, 0, 0)).getValue(), "nobody else had it");
    }

    @Test
    void resignations() {
        assertTrue(await(resign("a")).getValue(), "nobody leads");
        await(campaign("e", "a", 3_000));
        assertStatus(GrpcStatus.NOT_FOUND, resign("b"));
        assertTrue(await(resign("a")).getValue());
        assertStatus(GrpcStatus.NOT_FOUND, leader());
    }

    @Test
    void handovers() {
        await(campaign("e", "a", 3_000));
        assertTrue(await(handover("b", 3_000)).getValue());
        assertEquals("b", await(leader()).getValue());
        assertStatus(GrpcStatus.ALREADY_EXISTS, extend("a", 3_000, 0, 0));
        assertFalse(await(campaign("e", "b", 3_000)).getElected(), "while a may still believe that it leads");
        agent.log.elapse(3_000);
        assertTrue(await(campaign("e", "b", 3_000)).getElected());
    }

    @Test
    void leaders() {
        assertStatus(GrpcStatus.NOT_FOUND, leader());
        await(campaign("e", "a", 3_000));
        await(campaign("f", "b", 3_000));
        assertEquals("a", await(leader()).getValue());
        List<String> listed =
                await(election.listLeaders(ListLeadersRequest.getDefaultInstance())).getLeadersList().stream()
                        .map(leader -> leader.getElection() + " " + leader.getName())
                        .toList();
        assertEquals(List.of("ela/lease/default/e a", "ela/lease/default/f b"), listed);
    }

    @Test
    void withoutAMajority() {
        agent.log.failNext(1);
        assertStatus(GrpcStatus.FAILED_PRECONDITION, campaign("e", "a", 3_000));
        agent.log.failNext(1);
        assertFalse(await(extend("a", 3_000, 0, 0)).getValue(), "an open outcome is no refusal");
        agent.log.failNext(1);
        assertStatus(GrpcStatus.FAILED_PRECONDITION, resign("a"));
        agent.log.failNext(1);
        assertStatus(GrpcStatus.UNKNOWN, handover("a", 3_000));
        agent.log.failNext(1);
        assertStatus(GrpcStatus.FAILED_PRECONDITION, leader());
        assertTrue(
                agent.meters.scrape().contains("election_agent_unavailable_total{agent=\"agent-0\",zone=\"a\"} 5.0"));
    }

    @Test
    void extensionsAreRepeatedWhereAsked() {
        await(campaign("e", "a", 3_000));
        agent.log.failNext(2);
        assertTrue(await(extend("a", 3_000, 2, 1)).getValue());
        agent.log.failNext(2);
        assertFalse(await(extend("a", 3_000, 1, 1)).getValue());
    }

    @Test
    void onStandby() {
        await(campaign("e", "a", 3_000));
        assertTrue(await(setState("standby")).getValue());
        assertFalse(await(campaign("e", "a", 3_000)).getElected());
        assertFalse(await(extend("a", 3_000, 0, 0)).getValue());
        assertFalse(await(resign("a")).getValue());
        assertFalse(await(handover("b", 3_000)).getValue());
        assertEquals(
                "standby", await(control.getStatus(Empty.getDefaultInstance())).getState());
        await(setState("active"));
        assertTrue(await(campaign("e", "a", 3_000)).getElected());
        assertStatus(GrpcStatus.INVALID_ARGUMENT, setState("asleep"));
    }

    @Test
    void status() {
        AgentStatus status = await(control.getStatus(Empty.getDefaultInstance()));
        assertEquals(
                AgentStatus.newBuilder()
                        .setState("active")
                        .setMode("normal")
                        .setActiveZone("a")
                        .setZcConnected(true)
                        .setPeerConnected(true)
                        .build(),
                status);
        agent.log.failNext(1);
        assertEquals(
                "unavailable",
                await(control.getStatus(Empty.getDefaultInstance())).getState());
    }

    @Test
    void podsWithoutKubernetes() {
        assertStatus(
                GrpcStatus.UNIMPLEMENTED,
                election.getPods(GetPodsRequest.newBuilder()
                        .setNamespace("n")
                        .setPodName("p")
                        .build()));
    }

    @Test
    void health() {
        assertEquals(ServingStatus.SERVING, await(check("")).getStatus());
        assertEquals(ServingStatus.SERVING, await(check("liveness")).getStatus());
        assertEquals(ServingStatus.SERVING, await(check("readiness")).getStatus());
        agent.state.setClosing();
        assertEquals(ServingStatus.SERVING, await(check("liveness")).getStatus());
        assertEquals(ServingStatus.NOT_SERVING, await(check("readiness")).getStatus());
        assertStatus(GrpcStatus.NOT_FOUND, check("else"));
    }

    @Test
    void healthIsWatched() {
        List<ServingStatus> seen = new CopyOnWriteArrayList<>();
        await(health.watch(
                        HealthCheckRequest.newBuilder().setService("readiness").build())
                .onSuccess(stream -> stream.handler(response -> seen.add(response.getStatus()))));
        eventually("the present status", () -> seen.size() == 1);
        agent.state.setClosing();
        eventually("the change", () -> seen.size() == 2);
        assertEquals(List.of(ServingStatus.SERVING, ServingStatus.NOT_SERVING), seen);
    }

    @Test
    void metrics() {
        await(campaign("e", "a", 3_000));
        assertStatus(GrpcStatus.NOT_FOUND, extend("b", 1_000, 0, 0).recover(error -> resign("b")));
        String scraped = agent.meters.scrape();
        String labels = "{action=\"campaign\",agent=\"agent-0\",status=\"OK\",zone=\"a\"";
        assertTrue(
                scraped.contains("election_agent_request_duration_seconds_bucket" + labels + ",le=\"0.25\"} 1"),
                scraped);
        assertTrue(scraped.contains(
                "election_agent_requests_in_flight{action=\"campaign\",agent=\"agent-0\",zone=\"a\"} 0.0"));
        assertTrue(scraped.contains("election_agent_disconnected_peers{"));
        assertTrue(scraped.contains("status=\"NOT_FOUND\""));
    }

    private Future<CampaignResult> campaign(String name, String candidate, int term) {
        return election.campaign(CampaignRequest.newBuilder()
                .setElection(name)
                .setCandidate(candidate)
                .setTerm(term)
                .build());
    }

    private Future<BoolValue> extend(String leader, int term, int retries, int interval) {
        return election.extendElectedTerm(ExtendElectedTermRequest.newBuilder()
                .setElection("e")
                .setLeader(leader)
                .setTerm(term)
                .setRetries(retries)
                .setRetryInterval(interval)
                .build());
    }

    private Future<BoolValue> resign(String leader) {
        return election.resign(
                ResignRequest.newBuilder().setElection("e").setLeader(leader).build());
    }

    private Future<BoolValue> handover(String leader, int term) {
        return election.handover(HandoverRequest.newBuilder()
                .setElection("e")
                .setLeader(leader)
                .setTerm(term)
                .build());
    }

    private Future<StringValue> leader() {
        return election.getLeader(GetLeaderRequest.newBuilder().setElection("e").build());
    }

    private Future<BoolValue> setState(String state) {
        return control.setStatus(AgentStatus.newBuilder().setState(state).build());
    }

    private Future<HealthCheckResponse> check(String service) {
        return health.check(HealthCheckRequest.newBuilder().setService(service).build());
    }

    private static void assertStatus(GrpcStatus expected, Future<?> call) {
        InvalidStatusException failure = assertThrows(InvalidStatusException.class, () -> await(call));
        assertEquals(expected, failure.actualStatus());
    }
}
