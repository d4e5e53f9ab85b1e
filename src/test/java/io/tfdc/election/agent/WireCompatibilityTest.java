package io.tfdc.election.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.Message;
import grpc.election_agent.v1.AgentStatus;
import grpc.election_agent.v1.BoolValue;
import grpc.election_agent.v1.CampaignRequest;
import grpc.election_agent.v1.CampaignResult;
import grpc.election_agent.v1.ControlGrpcService;
import grpc.election_agent.v1.ElectionGrpcService;
import grpc.election_agent.v1.Empty;
import grpc.election_agent.v1.ExtendElectedTermRequest;
import grpc.election_agent.v1.GetLeaderRequest;
import grpc.election_agent.v1.GetPodsRequest;
import grpc.election_agent.v1.HandoverRequest;
import grpc.election_agent.v1.Leader;
import grpc.election_agent.v1.Leaders;
import grpc.election_agent.v1.ListLeadersRequest;
import grpc.election_agent.v1.Pod;
import grpc.election_agent.v1.PodStatus;
import grpc.election_agent.v1.Pods;
import grpc.election_agent.v1.ReplicaSet;
import grpc.election_agent.v1.ResignRequest;
import grpc.election_agent.v1.StringValue;
import io.vertx.grpc.common.ServiceMethod;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Messages against bytes put together by hand from the documented field numbers. */
class WireCompatibilityTest {
    /** Writes fields as the encoding of protocol buffers has them. */
    private static final class Wire {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Wire text(int field, String value) {
            return bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }

        Wire bytes(int field, byte[] value) {
            bytes.write(field << 3 | 2);
            bytes.write(value.length);
            bytes.writeBytes(value);
            return this;
        }

        Wire number(int field, int value) {
            bytes.write(field << 3);
            for (int left = value; ; left >>>= 7) {
                if (left < 128) {
                    bytes.write(left);
                    return this;
                }
                bytes.write(left & 127 | 128);
            }
        }

        byte[] done() {
            return bytes.toByteArray();
        }
    }

    private static void assertWire(Wire expected, Message.Builder message) {
        assertArrayEquals(expected.done(), message.build().toByteArray(), message.toString());
    }

    private static Wire wire() {
        return new Wire();
    }

    @Test
    void elections() {
        assertWire(
                wire().text(1, "e").text(2, "c").number(3, 3_000).text(4, "k"),
                CampaignRequest.newBuilder()
                        .setElection("e")
                        .setCandidate("c")
                        .setTerm(3_000)
                        .setKind("k"));
        assertWire(
                wire().number(1, 1).text(2, "l").text(3, "k").number(15, 300),
                CampaignResult.newBuilder()
                        .setElected(true)
                        .setLeader("l")
                        .setKind("k")
                        .setToken(300));
        assertWire(
                wire().text(1, "e")
                        .text(2, "l")
                        .number(3, 3_000)
                        .text(4, "k")
                        .number(5, 2)
                        .number(6, 500),
                ExtendElectedTermRequest.newBuilder()
                        .setElection("e")
                        .setLeader("l")
                        .setTerm(3_000)
                        .setKind("k")
                        .setRetries(2)
                        .setRetryInterval(500));
        assertWire(
                wire().text(1, "e").text(2, "l").text(3, "k"),
                ResignRequest.newBuilder().setElection("e").setLeader("l").setKind("k"));
        assertWire(
                wire().text(1, "e").text(2, "l").number(3, 3_000).text(4, "k"),
                HandoverRequest.newBuilder()
                        .setElection("e")
                        .setLeader("l")
                        .setTerm(3_000)
                        .setKind("k"));
        assertWire(
                wire().text(1, "e").text(2, "k"),
                GetLeaderRequest.newBuilder().setElection("e").setKind("k"));
        assertWire(wire().text(1, "k"), ListLeadersRequest.newBuilder().setKind("k"));
        assertWire(
                wire().bytes(1, wire().text(1, "e").text(2, "n").done()),
                Leaders.newBuilder()
                        .addLeaders(Leader.newBuilder().setElection("e").setName("n")));
        assertWire(wire().number(1, 1), BoolValue.newBuilder().setValue(true));
        assertWire(wire().text(1, "v"), StringValue.newBuilder().setValue("v"));
        assertWire(wire(), Empty.newBuilder());
    }

    @Test
    void pods() {
        assertWire(
                wire().text(1, "n").text(2, "d").text(3, "p"),
                GetPodsRequest.newBuilder().setNamespace("n").setDeployment("d").setPodName("p"));
        byte[] status = wire().text(1, "Running")
                .text(2, "r")
                .number(3, 1)
                .number(4, 1)
                .number(5, 1)
                .number(6, 1)
                .number(7, 1)
                .done();
        byte[] set = wire().text(1, "rs")
                .number(2, 2)
                .number(3, 3)
                .number(4, 4)
                .number(5, 5)
                .number(6, 6)
                .number(7, 7)
                .number(8, 8)
                .done();
        byte[] pod = wire().text(1, "p")
                .text(2, "d")
                .text(3, "10.0.0.1")
                .bytes(4, status)
                .bytes(5, set)
                .done();
        Pods.Builder pods = Pods.newBuilder()
                .addItems(Pod.newBuilder()
                        .setName("p")
                        .setDeployment("d")
                        .setIp("10.0.0.1")
                        .setStatus(PodStatus.newBuilder()
                                .setPhase("Running")
                                .setReason("r")
                                .setTerminating(true)
                                .setPodScheduled(true)
                                .setPodInitialized(true)
                                .setPodReady(true)
                                .setContainersReady(true))
                        .setReplicaSet(ReplicaSet.newBuilder()
                                .setName("rs")
                                .setRevision(2)
                                .setAvailableReplicas(3)
                                .setFullyLabeledReplicas(4)
                                .setReadyReplicas(5)
                                .setReplicas(6)
                                .setDesiredReplicas(7)
                                .setMaxReplicas(8)));
        assertWire(wire().bytes(1, pod), pods);
    }

    @Test
    void control() {
        assertWire(
                wire().text(1, "active")
                        .text(2, "normal")
                        .text(3, "z")
                        .number(4, 1)
                        .number(5, 1),
                AgentStatus.newBuilder()
                        .setState("active")
                        .setMode("normal")
                        .setActiveZone("z")
                        .setZcConnected(true)
                        .setPeerConnected(true));
    }

    @Test
    void methods() {
        List<String> paths = Stream.concat(ElectionGrpcService.all().stream(), ControlGrpcService.all().stream())
                .map(WireCompatibilityTest::path)
                .sorted()
                .toList();
        assertEquals(
                List.of(
                        "grpc.election_agent.v1.Control/GetStatus",
                        "grpc.election_agent.v1.Control/SetStatus",
                        "grpc.election_agent.v1.Election/Campaign",
                        "grpc.election_agent.v1.Election/ExtendElectedTerm",
                        "grpc.election_agent.v1.Election/GetLeader",
                        "grpc.election_agent.v1.Election/GetPods",
                        "grpc.election_agent.v1.Election/Handover",
                        "grpc.election_agent.v1.Election/ListLeaders",
                        "grpc.election_agent.v1.Election/Resign"),
                paths);
    }

    private static String path(ServiceMethod<?, ?> method) {
        return method.serviceName().fullyQualifiedName() + '/' + method.methodName();
    }
}
