package io.tfdc.deployment;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What makes pods: a deployment, rollout, stateful set, job or a bare pod.
 *
 * @param name name of the object
 * @param replicas number of pods; empty where an autoscaler decides
 * @param selector labels by which it knows its pods; empty for jobs and pods
 * @param labels of its pods
 * @param pod what a pod is
 */
record Workload(
        String name,
        Optional<Integer> replicas,
        Map<String, String> selector,
        Map<String, String> labels,
        Map<String, String> annotations,
        PodSpec pod) {

    static Stream<Workload> of(Object object) {
        if (object instanceof Deployment it) {
            return one(
                    it.getMetadata(),
                    it.getSpec().getReplicas(),
                    it.getSpec().getSelector().getMatchLabels(),
                    it.getSpec().getTemplate());
        }
        if (object instanceof StatefulSet it) {
            return one(
                    it.getMetadata(),
                    it.getSpec().getReplicas(),
                    it.getSpec().getSelector().getMatchLabels(),
                    it.getSpec().getTemplate());
        }
        if (object instanceof DeliveryKinds.Rollout it) {
            return one(
                    it.metadata(),
                    it.spec().replicas(),
                    it.spec().selector().getMatchLabels(),
                    it.spec().template());
        }
        if (object instanceof Job it) {
            return one(it.getMetadata(), 1, Map.of(), it.getSpec().getTemplate());
        }
        if (object instanceof Pod it) {
            return one(it.getMetadata(), 1, Map.of(), new PodTemplateSpec(it.getMetadata(), it.getSpec()));
        }
        return Stream.empty();
    }

    private static Stream<Workload> one(
            ObjectMeta meta, @Nullable Integer replicas, Map<String, String> selector, PodTemplateSpec template) {
        return Stream.of(new Workload(
                meta.getName(),
                Optional.ofNullable(replicas),
                selector,
                template.getMetadata().getLabels(),
                template.getMetadata().getAnnotations(),
                template.getSpec()));
    }

    String component() {
        return labels.getOrDefault("app.kubernetes.io/component", "");
    }

    List<Container> containers() {
        return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream())
                .toList();
    }

    Container main() {
        return pod.getContainers().get(0);
    }

    /** Whether it has these labels and runs all the time. */
    boolean isSelectedBy(Map<String, String> wanted) {
        return labels.entrySet().containsAll(wanted.entrySet());
    }

    /** Variables of a container that have their value in the manifest. */
    static Map<String, String> variables(Container container) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (EnvVar variable : container.getEnv()) {
            variables.put(variable.getName(), variable.getValue());
        }
        return variables;
    }
}
