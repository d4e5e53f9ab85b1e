package io.tfdc.election.agent;

import static io.tfdc.testing.VertxTestKit.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import grpc.election_agent.v1.Pod;
import grpc.election_agent.v1.PodStatus;
import grpc.election_agent.v1.Pods;
import grpc.election_agent.v1.ReplicaSet;
import io.tfdc.testing.VertxTestKit;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against an API server that knows a deployment, a rollout and a pod of neither. */
class KubernetesPodsTest {
    private static final String POD = """
            {"metadata": {"name": "%s", "ownerReferences": [{"kind": "ReplicaSet", "name": "%s"}]%s},
             "status": {"phase": "Running", "podIP": "10.0.0.7", "conditions": [
               {"type": "PodScheduled", "status": "True"}, {"type": "Initialized", "status": "True"},
               {"type": "Ready", "status": "%s"}, {"type": "ContainersReady", "status": "True"}]}}""";
    private static final String SET = """
            {"metadata": {"name": "%1$s", "ownerReferences": [{"kind": "%2$s", "name": "defender"}],
               "annotations": {"%3$s/revision": "4", "%3$s/desired-replicas": "30", "%3$s/max-replicas": "40"}},
             "spec": {"replicas": 20},
             "status": {"replicas": 20, "readyReplicas": 19, "availableReplicas": 18, "fullyLabeledReplicas": 20}}""";

    @TempDir
    private Path folder;

    private final VertxTestKit kit = new VertxTestKit();
    private final Map<String, String> objects = new HashMap<>();
    private Path token;
    private KubernetesPods pods;

    @BeforeEach
    void open() throws IOException {
        token = Files.writeString(folder.resolve("token"), "secret\n");
        HttpServer server = await(
                kit.vertx().createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"));
        pods = new KubernetesPods(
                kit.vertx(),
                new KubernetesSettings(
                        URI.create("http://127.0.0.1:" + server.actualPort()),
                        token,
                        Optional.empty(),
                        Duration.ofSeconds(5)));
        String apps = "/apis/apps/v1/namespaces/fab";
        String set = SET.formatted("defender-1", "Deployment", "deployment.kubernetes.io");
        objects.put(
                apps + "/deployments/defender",
                "{\"spec\": {\"selector\": {\"matchLabels\": {\"app\": \"defender\"}}}}");
        objects.put("/api/v1/namespaces/fab/pods", list(POD.formatted("p-1", "defender-1", "", "True")));
        objects.put("/api/v1/namespaces/fab/pods/p-1", POD.formatted("p-1", "defender-1", "", "True"));
        objects.put(
                "/api/v1/namespaces/fab/pods/p-2",
                POD.formatted("p-2", "defender-2", ", \"deletionTimestamp\": \"2026-01-01T00:00:00Z\"", "False"));
        objects.put(apps + "/replicasets", list(set));
        objects.put(apps + "/replicasets/defender-1", set);
        objects.put(apps + "/replicasets/defender-2", SET.formatted("defender-2", "Rollout", "rollout.argoproj.io"));
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
        assertEquals(all, await(kit.onContext(() -> pods.named("fab", "p-1"))));
    }

    @Test
    void aPodOfARolloutThatTerminates() {
        Pod pod = await(kit.onContext(() -> pods.named("fab", "p-2"))).getItems(0);
        assertEquals("defender", pod.getDeployment());
        assertEquals(30, pod.getReplicaSet().getDesiredReplicas());
        assertEquals(true, pod.getStatus().getTerminating());
        assertEquals(false, pod.getStatus().getPodReady());
    }

    @Test
    void whatIsNotThereIsEmptyAndARefusalAFailure() throws IOException {
        assertEquals(Pods.getDefaultInstance(), await(kit.onContext(() -> pods.named("fab", "p-9"))));
        assertEquals(Pods.getDefaultInstance(), await(kit.onContext(() -> pods.ofDeployment("fab", "other"))));
        Files.writeString(token, "expired");
        assertThrows(Throwable.class, () -> await(kit.onContext(() -> pods.named("fab", "p-1"))));
    }

    private void answer(HttpServerRequest request) {
        String object = objects.get(request.path());
        if (!"Bearer secret".equals(request.getHeader("Authorization"))) {
            request.response().setStatusCode(401).end();
        } else if (object == null
                || (request.query() != null && !request.query().contains("app%3Ddefender"))) {
            request.response().setStatusCode(404).end();
        } else {
            request.response().end(object);
        }
    }

    private static String list(String item) {
        return "{\"items\": [" + item + "]}";
    }
}
