package io.tfdc.election.agent;

import grpc.election_agent.v1.Pod;
import grpc.election_agent.v1.PodStatus;
import grpc.election_agent.v1.ReplicaSet;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What of the objects of Kubernetes goes into our answers. What is missing there is empty or 0 here. */
final class KubernetesObjects {
    /** Deployments and rollouts of Argo annotate their replica sets alike. */
    private static final List<String> ANNOTATIONS = List.of("deployment.kubernetes.io/", "rollout.argoproj.io/");

    private static final JsonObject NOTHING = new JsonObject();

    private KubernetesObjects() {}

    /** What a replica set belongs to: a deployment, or a rollout of Argo. */
    record Owner(String kind, String name) {
        static final String DEPLOYMENT = "Deployment";
        static final String ROLLOUT = "Rollout";

        boolean isRollout() {
            return kind.equals(ROLLOUT);
        }
    }

    /** @param workload the deployment or rollout that the set belongs to, if it is known */
    static Pod pod(JsonObject pod, String deployment, Optional<JsonObject> set, Optional<JsonObject> workload) {
        JsonObject status = at(pod, "status");
        Pod.Builder answer = Pod.newBuilder()
                .setName(name(pod))
                .setDeployment(deployment)
                .setIp(status.getString("podIP", ""))
                .setStatus(PodStatus.newBuilder()
                        .setPhase(status.getString("phase", ""))
                        .setReason(status.getString("reason", ""))
                        .setTerminating(at(pod, "metadata").containsKey("deletionTimestamp"))
                        .setPodScheduled(holds(status, "PodScheduled"))
                        .setPodInitialized(holds(status, "Initialized"))
                        .setPodReady(holds(status, "Ready"))
                        .setContainersReady(holds(status, "ContainersReady")));
        set.ifPresent(known -> answer.setReplicaSet(replicaSet(known, workload)));
        return answer.build();
    }

    private static ReplicaSet replicaSet(JsonObject set, Optional<JsonObject> workload) {
        JsonObject status = at(set, "status");
        int replicas = at(set, "spec").getInteger("replicas", 0);
        return ReplicaSet.newBuilder()
                .setName(name(set))
                .setRevision(annotation(set, "revision", 0))
                .setAvailableReplicas(status.getInteger("availableReplicas", 0))
                .setFullyLabeledReplicas(status.getInteger("fullyLabeledReplicas", 0))
                .setReadyReplicas(status.getInteger("readyReplicas", 0))
                .setReplicas(status.getInteger("replicas", 0))
                .setDesiredReplicas(workload.map(KubernetesObjects::replicas)
                        .orElseGet(() -> annotation(set, "desired-replicas", replicas)))
                .setMaxReplicas(annotation(set, "max-replicas", replicas))
                .build();
    }

    static String name(JsonObject object) {
        return at(object, "metadata").getString("name", "");
    }

    /**
     * The size that an operator or an autoscaler wants. During a roll-out no single set has it, and the copy in the sets' annotations is renewed
     * only when a controller scales them: not while a canary pauses.
     */
    private static int replicas(JsonObject workload) {
        return at(workload, "spec").getInteger("replicas", 1);
    }

    /** What a replica set belongs to. */
    static Optional<Owner> workload(JsonObject set) {
        return Stream.of(Owner.DEPLOYMENT, Owner.ROLLOUT)
                .flatMap(kind -> ownerName(set, kind).map(name -> new Owner(kind, name)).stream())
                .findFirst();
    }

    /** The owner of a kind. */
    static Optional<String> ownerName(JsonObject object, String kind) {
        return find(at(object, "metadata").getJsonArray("ownerReferences"), "kind", kind)
                .map(owner -> owner.getString("name", ""));
    }

    private static boolean holds(JsonObject status, String condition) {
        return find(status.getJsonArray("conditions"), "type", condition)
                .filter(found -> "True".equals(found.getString("status")))
                .isPresent();
    }

    private static Optional<JsonObject> find(JsonArray items, String key, String value) {
        for (int i = 0; items != null && i < items.size(); i++) {
            if (value.equals(items.getJsonObject(i).getString(key))) {
                return Optional.of(items.getJsonObject(i));
            }
        }
        return Optional.empty();
    }

    private static int annotation(JsonObject set, String name, int otherwise) {
        JsonObject annotations = at(set, "metadata", "annotations");
        return ANNOTATIONS.stream()
                .map(prefix -> annotations.getString(prefix + name, ""))
                .filter(value -> value.matches("[0-9]{1,9}"))
                .map(Integer::parseInt)
                .findFirst()
                .orElse(otherwise);
    }

    static JsonObject at(JsonObject object, String... path) {
        JsonObject found = object;
        for (String key : path) {
            found = found.getJsonObject(key, NOTHING);
        }
        return found;
    }
}
