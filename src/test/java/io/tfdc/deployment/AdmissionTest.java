package io.tfdc.deployment;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the chart renders would be admitted, and a slip of the pen would not. */
final class AdmissionTest {
    @ParameterizedTest
    @EnumSource
    void everythingIsAdmitted(Variant variant) {
        for (Map<?, ?> document : Manifests.documents(variant.text())) {
            Admission.check((String) document.get("kind"), document);
        }
    }

    /** An object as it is rendered, with one value set or taken away. */
    @ParameterizedTest
    @CsvSource({
        "CANARY, Rollout, /spec/progressDeadlineSecond, 600",
        "CANARY, Rollout, /spec/replicas, '\"30\"'",
        "CANARY, Rollout, /spec/selector/matchLabels, ",
        "CANARY, Rollout, /spec/strategy, ",
        "CANARY, Rollout, /spec/strategy/blueGreen, '{\"activeService\":\"fab\"}'",
        "CANARY, Rollout, /spec/strategy/canary/maxUnavailble, 1",
        "CANARY, Rollout, /spec/strategy/canary/maxSurge, 0",
        "CANARY, Rollout, /spec/strategy/canary/scaleDownDelaySeconds, 30",
        "CANARY, Rollout, /spec/strategy/canary/steps/0/setweight, 17",
        "CANARY, Rollout, /spec/strategy/canary/steps/0/setWeight, 170",
        "CANARY, Rollout, /spec/strategy/canary/steps/0/pause, {}",
        "CANARY, Rollout, /spec/strategy/canary/steps/1/pause/duration, '\"5 minutes\"'",
        "CANARY, Rollout, /spec/strategy/canary/analysis/args/0/valueFrom/podTemplateHashValue, '\"Newest\"'",
        "CANARY, Rollout, /spec/strategy/canary/analysis/templates/0/templateName, ",
        "CANARY, Rollout, /spec/template/spec/containers/0/image, ",
        "CANARY, AnalysisTemplate, /spec/metrics/0/failurelimit, 0",
        "CANARY, AnalysisTemplate, /spec/metrics/0/interval, '\"1min\"'",
        "CANARY, AnalysisTemplate, /spec/metrics/0/name, ",
        "CANARY, AnalysisTemplate, /spec/metrics/0/provider/prometheus/address, '\"prometheus:9090\"'",
        "CANARY, AnalysisTemplate, /spec/args/0/name, ",
        "ARGO_BLUE_GREEN, Rollout, /spec/strategy/blueGreen/activeService, ",
        "ARGO_BLUE_GREEN, Rollout, /spec/strategy/blueGreen/autoPromotionEnabled, '\"true\"'",
        "ARGO_BLUE_GREEN, Rollout, /spec/strategy/blueGreen/scaleDownDelay, 600",
        "FLAGGER, Canary, /spec/analysis/iterations, ",
        "FLAGGER, Canary, /spec/analysis/stepWeight, 10",
        "FLAGGER, Canary, /spec/analysis/interval, '\"1min\"'",
        "FLAGGER, Canary, /spec/analysis/metrics/0/thresholdRange/maximum, 5",
        "FLAGGER, Canary, /spec/analysis/metrics/0/templateRef, ",
        "FLAGGER, Canary, /spec/targetRef/kind, '\"StatefulSet\"'",
        "FLAGGER, Canary, /spec/autoscalerRef/kind, '\"Rollout\"'",
        "FLAGGER, Canary, /spec/service/port, '\"8080\"'",
        "FLAGGER, Canary, /spec/provider, '\"kubernets\"'",
        "FLAGGER, MetricTemplate, /spec/provider/type, '\"Prometheus\"'",
        "FLAGGER, MetricTemplate, /spec/query, ",
        "KEDA, ScaledObject, /spec/minReplicas, 20",
        "KEDA, ScaledObject, /spec/maxReplicaCount, '\"60\"'",
        "KEDA, ScaledObject, /spec/scaleTargetRef/name, ",
        "KEDA, ScaledObject, /spec/fallback, '{\"failureThreshold\":4,\"replicas\":30}'",
        "KEDA, ScaledObject, /spec/advanced/behavior, {}",
        "KEDA, ScaledObject, /spec/triggers/0/metadata/value, 70",
        "KEDA, ScaledObject, /spec/triggers/0/metricType, '\"Percent\"'",
        "KEDA, ScaledObject, /spec/triggers/2/type, '\"promethius\"'",
        "KEDA, ScaledObject, /spec/triggers/2/metadata/serverAddress, ",
        "KEDA, ScaledObject, /spec/triggers/2/metadata/treshold, '\"20\"'",
        "PROD, Deployment, /spec/selector, ",
        "PROD, Deployment, /spec/strategy/type, '\"Rolling\"'",
        "PROD, Deployment, /spec/template/spec/containers/0/env/0/name, ",
        "PROD, Deployment, /spec/template/spec/containers/0/env/0/value, 5",
        "PROD, Deployment, /spec/template/spec/containers/0/ports/0/name, '\"a-port-of-many-letters\"'",
        "PROD, Deployment, /spec/template/spec/containers/0/livenessProbe/exec, '{\"command\":[\"true\"]}'",
        "PROD, Deployment, /spec/template/spec/volumes/0/emptyDir, {}",
        "PROD, Deployment, /spec/template/metadata/labels/version, 1.1",
        "PROD, StatefulSet, /spec/volumeClaimTemplates/0/spec/accessModes, ",
        "PROD, HorizontalPodAutoscaler, /spec/maxReplicas, ",
        "PROD, HorizontalPodAutoscaler, /spec/metrics/0/resource/target/averageUtilization, ",
        "PROD, HorizontalPodAutoscaler, /spec/behavior/scaleUp/selectPolicy, '\"Least\"'",
        "PROD, Job, /spec/template/spec/restartPolicy, '\"Always\"'",
        "PROD, NetworkPolicy, /spec/podSelector, ",
        "PROD, PodDisruptionBudget, /spec/minAvailable, 1",
        "PROD, PodMonitor, /spec/podMetricsEndpoints, ",
        "PROD, PrometheusRule, /spec/groups/0/rules/0/expr, ",
        "PROD, RoleBinding, /roleRef, ",
        "PROD, Role, /rules/0/verbs/0, '\"read\"'",
        "PROD, PriorityClass, /value, ",
        "PROD, Service, /metadata/name, '\"Fab_Defender\"'",
        "PROD, ConfigMap, /data/answer, 42",
    })
    void aSlipIsRefused(Variant variant, String kind, String place, String value) {
        JsonObject object = Manifests.documents(variant.text()).stream()
                .filter(document -> kind.equals(document.get("kind")))
                .map(document -> new JsonObject(Json.encode(document)))
                .findFirst()
                .orElseThrow();
        Admission.check(kind, object.getMap());

        set(object, List.of(place.substring(1).split("/")), value);

        AssertionError refused = assertThrows(
                AssertionError.class, () -> Admission.check(kind, object.getMap()), () -> place + " is accepted");
        assertTrue(refused.getMessage().contains("not admitted"), refused::getMessage);
    }

    private static void set(Object inside, List<String> place, String value) {
        String name = place.get(0);
        if (place.size() > 1) {
            set(
                    inside instanceof JsonArray array
                            ? array.getValue(Integer.parseInt(name))
                            : ((JsonObject) inside).getValue(name),
                    place.subList(1, place.size()),
                    value);
        } else if (inside instanceof JsonArray array) {
            array.set(Integer.parseInt(name), Json.decodeValue(value));
        } else if (value == null) {
            ((JsonObject) inside).remove(name);
        } else {
            ((JsonObject) inside).put(name, Json.decodeValue(value));
        }
    }
}
