package io.tfdc.election.agent;

import grpc.election_agent.v1.Pods;
import io.tfdc.election.agent.KubernetesObjects.Owner;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Pods and replica sets as the API server of Kubernetes tells, with the size that an operator or an autoscaler gave to the deployment or rollout
 * that they belong to. Needs the right to get and list pods, replica sets and deployments, and to get rollouts where there are any.
 */
final class KubernetesPods implements PodSource {
    private static final int MAX_ITEMS = 1_000;

    private final KubernetesApi api;

    KubernetesPods(Vertx vertx, KubernetesSettings settings) {
        this.api = new KubernetesApi(vertx, settings);
    }

    @Override
    public Future<Pods> ofDeployment(String namespace, String deployment) {
        return api.get(workload(namespace, new Owner(Owner.DEPLOYMENT, deployment)))
                .compose(found -> found.isPresent()
                        ? Future.succeededFuture(found)
                        : api.getIfAllowed(workload(namespace, new Owner(Owner.ROLLOUT, deployment))))
                .compose(found -> {
                    if (found.isEmpty()) {
                        return Future.succeededFuture(Pods.getDefaultInstance());
                    }
                    String query = "?limit=" + MAX_ITEMS + "&labelSelector=" + selector(found.get());
                    Future<Optional<JsonObject>> pods = api.get(core(namespace) + "/pods" + query);
                    Future<Optional<JsonObject>> sets = api.get(apps(namespace) + "/replicasets" + query);
                    return Future.all(pods, sets)
                            .map(all -> pods(deployment, found, items(pods.result()), items(sets.result())));
                });
    }

    @Override
    public Future<Pods> named(String namespace, String pod) {
        return api.get(core(namespace) + "/pods/" + pod).compose(found -> {
            if (found.isEmpty()) {
                return Future.succeededFuture(Pods.getDefaultInstance());
            }
            JsonArray pods = new JsonArray().add(found.get());
            Optional<String> owner = KubernetesObjects.ownerName(found.get(), "ReplicaSet");
            if (owner.isEmpty()) {
                return Future.succeededFuture(pods("", Optional.empty(), pods, new JsonArray()));
            }
            return api.get(apps(namespace) + "/replicasets/" + owner.get()).compose(set -> {
                JsonArray sets = new JsonArray();
                set.ifPresent(sets::add);
                Optional<Owner> workload = set.flatMap(KubernetesObjects::workload);
                return workload.map(known -> api.getIfAllowed(workload(namespace, known)))
                        .orElseGet(() -> Future.succeededFuture(Optional.empty()))
                        .map(object -> pods(workload.map(Owner::name).orElse(""), object, pods, sets));
            });
        });
    }

    private static Pods pods(String deployment, Optional<JsonObject> workload, JsonArray pods, JsonArray sets) {
        Map<String, JsonObject> byName = new HashMap<>();
        for (int i = 0; i < sets.size(); i++) {
            JsonObject set = sets.getJsonObject(i);
            byName.put(KubernetesObjects.name(set), set);
        }
        Pods.Builder answer = Pods.newBuilder();
        for (int i = 0; i < pods.size(); i++) {
            JsonObject pod = pods.getJsonObject(i);
            Optional<JsonObject> set =
                    KubernetesObjects.ownerName(pod, "ReplicaSet").map(byName::get);
            answer.addItems(KubernetesObjects.pod(pod, deployment, set, workload));
        }
        return answer.build();
    }

    private static JsonArray items(Optional<JsonObject> list) {
        return list.map(found -> found.getJsonArray("items")).orElseGet(JsonArray::new);
    }

    private static String selector(JsonObject deployment) {
        JsonObject labels = KubernetesObjects.at(deployment, "spec", "selector", "matchLabels");
        String selector = labels.stream()
                .map(label -> label.getKey() + '=' + label.getValue())
                .collect(Collectors.joining(","));
        return URLEncoder.encode(selector, StandardCharsets.UTF_8);
    }

    private static String workload(String namespace, Owner owner) {
        return owner.isRollout()
                ? "/apis/argoproj.io/v1alpha1/namespaces/" + namespace + "/rollouts/" + owner.name()
                : apps(namespace) + "/deployments/" + owner.name();
    }

    private static String core(String namespace) {
        return "/api/v1/namespaces/" + namespace;
    }

    private static String apps(String namespace) {
        return "/apis/apps/v1/namespaces/" + namespace;
    }
}
