package io.tfdc.election.agent;

import static io.tfdc.testing.VertxTestKit.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An API server of Kubernetes with a namespace, {@code fab}, and one account, which may see some kinds of objects. */
final class KubernetesStub {
    private static final String APPS = "/apis/apps/v1/namespaces/fab";
    private static final String ARGO = "/apis/argoproj.io/v1alpha1/namespaces/fab";
    private static final String CORE = "/api/v1/namespaces/fab";

    private final Map<String, String> objects = new ConcurrentHashMap<>();
    private final Set<String> forbidden = ConcurrentHashMap.newKeySet();
    private final Path token;
    private final URI address;

    KubernetesStub(Vertx vertx, Path folder) throws IOException {
        token = Files.writeString(folder.resolve("token"), "secret\n");
        HttpServer server =
                await(vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"));
        address = URI.create("http://127.0.0.1:" + server.actualPort());
    }

    KubernetesSettings settings() {
        return new KubernetesSettings(address, token, Optional.empty(), Duration.ofSeconds(5));
    }

    void renewToken(String text) throws IOException {
        Files.writeString(token, text);
    }

    /** Takes away the right to see a kind, or gives it back. */
    void forbid(String kind, boolean on) {
        if (on) {
            forbidden.add(kind);
        } else {
            forbidden.remove(kind);
        }
    }

    void deployment(String name, int replicas) {
        objects.put(APPS + "/deployments/" + name, workload(replicas));
    }

    void rollout(String name, int replicas) {
        objects.put(ARGO + "/rollouts/" + name, workload(replicas));
    }

    private static String workload(int replicas) {
        return "{\"spec\": {\"replicas\": " + replicas + ", \"selector\": {\"matchLabels\": {\"app\": \"defender\"}}}}";
    }

    void pod(String name, String set, boolean ready, String more) {
        String pod = """
                {"metadata": {"name": "%s", "ownerReferences": [{"kind": "ReplicaSet", "name": "%s"}]%s},
                 "status": {"phase": "Running", "podIP": "10.0.0.7", "conditions": [
                   {"type": "PodScheduled", "status": "True"}, {"type": "Initialized", "status": "True"},
                   {"type": "Ready", "status": "%s"}, {"type": "ContainersReady", "status": "True"}]}}""".formatted(name, set, more, ready ? "True" : "False");
        objects.put(CORE + "/pods/" + name, pod);
        objects.putIfAbsent(CORE + "/pods", list(pod));
    }

    /**
     * A replica set with 20 pods.
     *
     * @param wish what its owner's controller noted as the size wanted when it scaled the set last
     */
    void replicaSet(String name, String ownerKind, String owner, int wish) {
        String prefix = ownerKind.equals("Rollout") ? "rollout.argoproj.io" : "deployment.kubernetes.io";
        String set = """
                {"metadata": {"name": "%s", "ownerReferences": [{"kind": "%s", "name": "%s"}],
                   "annotations": {"%4$s/revision": "4", "%4$s/desired-replicas": "%5$d", "%4$s/max-replicas": "40"}},
                 "spec": {"replicas": 20},
                 "status": {"replicas": 20, "readyReplicas": 19, "availableReplicas": 18, "fullyLabeledReplicas": 20}}""".formatted(name, ownerKind, owner, prefix, wish);
        objects.put(APPS + "/replicasets/" + name, set);
        objects.putIfAbsent(APPS + "/replicasets", list(set));
    }

    private static String list(String item) {
        return "{\"items\": [" + item + "]}";
    }

    private void answer(HttpServerRequest request) {
        String object = objects.get(request.path());
        if (!"Bearer secret".equals(request.getHeader("Authorization"))) {
            request.response().setStatusCode(401).end();
        } else if (forbidden.stream().anyMatch(kind -> request.path().contains('/' + kind))) {
            request.response().setStatusCode(403).end();
        } else if (object == null
                || (request.query() != null && !request.query().contains("app%3Ddefender"))) {
            request.response().setStatusCode(404).end();
        } else {
            request.response().end(object);
        }
    }
}
