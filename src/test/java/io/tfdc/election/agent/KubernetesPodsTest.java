package io.tfdc.election.agent;

import static io.tfdc.testing.VertxTestKit.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import grpc.election_agent.v1.Pod;
import grpc.election_agent.v1.PodStatus;
import grpc.election_agent.v1.Pods;
import grpc.election_agent.v1.ReplicaSet;
import io.tfdc.testing.VertxTestKit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against an API server that knows a deployment, a rollout and a pod of each. */
class KubernetesPodsTest {
    @TempDir
    private Path folder;

    /** Generous: much of gRPC is loaded on the event loop. */
    private final VertxTestKit kit = new VertxTestKit(Duration.ofSeconds(5));

    private KubernetesStub kubernetes;
    private KubernetesPods pods;

    @BeforeEach
    void open() throws IOException {
        kubernetes = new KubernetesStub(kit.vertx(), folder);
        kubernetes.deployment("defender", 30);
        kubernetes.rollout("canary", 31);
        kubernetes.pod("p-1", "defender-1", true, "");
        kubernetes.pod("p-2", "canary-1", false, ", \"deletionTimestamp\": \"2026-01-01T00:00:00Z\"");
        kubernetes.replicaSet("defender-1", "Deployment", "defender", 20);
        kubernetes.replicaSet("canary-1", "Rollout", "canary", 20);
        pods = new KubernetesPods(kit.vertx(), kubernetes.settings());
    }

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void podsOfADeploymentAndOneByName() {
        Pod expected = Pod.newBuilder()
                .setName("p-1")
                .setDeployment("defender")
                .setIp("10.0.0.7")
                .setStatus(PodStatus.newBuilder()
                        .setPhase("Running")
                        .setPodScheduled(true)
                        .setPodInitialized(true)
                        .setPodReady(true)
                        .setContainersReady(true))
                .setReplicaSet(ReplicaSet.newBuilder()
                        .setName("defender-1")
                        .setRevision(4)
                        .setAvailableReplicas(18)
                        .setFullyLabeledReplicas(20)
                        .setReadyReplicas(19)
                        .setReplicas(20)
                        .setDesiredReplicas(30)
                        .setMaxReplicas(40))
                .build();
        Pods all = await(kit.onContext(() -> pods.ofDeployment("fab", "defender")));
        assertEquals(List.of(expected), all.getItemsList());
        assertEquals(all, named("p-1"));
    }

    @Test
    void aPodOfARolloutThatTerminates() {
        Pod pod = named("p-2").getItems(0);
        assertEquals("canary", pod.getDeployment());
        assertEquals(31, pod.getReplicaSet().getDesiredReplicas());
        assertEquals(true, pod.getStatus().getTerminating());
        assertEquals(false, pod.getStatus().getPodReady());
        assertEquals(
                31,
                await(kit.onContext(() -> pods.ofDeployment("fab", "canary")))
                        .getItems(0)
                        .getReplicaSet()
                        .getDesiredReplicas());
    }

    @Test
    void withoutTheRightToSeeRolloutsTheReplicaSetTells() {
        kubernetes.forbid("rollouts", true);
        assertEquals(20, named("p-2").getItems(0).getReplicaSet().getDesiredReplicas());
        kubernetes.forbid("replicasets", true);
        assertThrows(Throwable.class, () -> named("p-2"));
    }

    @Test
    void whatIsNotThereIsEmptyAndARefusalAFailure() throws IOException {
        assertEquals(Pods.getDefaultInstance(), named("p-9"));
        assertEquals(Pods.getDefaultInstance(), await(kit.onContext(() -> pods.ofDeployment("fab", "other"))));
        kubernetes.renewToken("expired");
        assertThrows(Throwable.class, () -> named("p-1"));
    }

    private Pods named(String pod) {
        return await(kit.onContext(() -> pods.named("fab", pod)));
    }
}
