package io.tfdc.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingPolicy;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingRules;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Both kinds of autoscaler act on the same loads, within the same bounds and at the same pace. */
final class ScalingTest {
    @Test
    void hpaScalesByTheFourLoads() {
        HorizontalPodAutoscalerSpec spec =
                Variant.PROD.render().one(HorizontalPodAutoscaler.class).getSpec();

        assertEquals(List.of(20, 60), List.of(spec.getMinReplicas(), spec.getMaxReplicas()));
        assertEquals("Deployment", spec.getScaleTargetRef().getKind());
        assertEquals(
                "cpu 70%, memory 75%, defender_backlog 20, defender_weight 10000000",
                spec.getMetrics().stream().map(ScalingTest::shown).collect(Collectors.joining(", ")));
        assertPace(spec.getBehavior());
    }

    @Test
    void anArgoRolloutIsScaledInItsPlace() {
        HorizontalPodAutoscalerSpec spec =
                Variant.CANARY.render().one(HorizontalPodAutoscaler.class).getSpec();

        assertEquals("Rollout", spec.getScaleTargetRef().getKind());
        assertEquals("argoproj.io/v1alpha1", spec.getScaleTargetRef().getApiVersion());
    }

    @Test
    void kedaScalesByTheSame() {
        DeliveryKinds.ScaledObjectSpec spec =
                Variant.KEDA.render().one(DeliveryKinds.ScaledObject.class).spec();

        assertEquals(List.of(20, 60), List.of(spec.minReplicaCount(), spec.maxReplicaCount()));
        assertEquals(
                List.of("cpu", "memory", "prometheus", "prometheus"),
                spec.triggers().stream().map(DeliveryKinds.Trigger::type).toList());
        assertEquals(
                List.of(
                        "release:defender_backlog:sum{namespace=\"fdc\",release=\"fab\"}",
                        "release:defender_weight:sum{namespace=\"fdc\",release=\"fab\"}"),
                spec.triggers().stream()
                        .filter(trigger -> trigger.type().equals("prometheus"))
                        .map(trigger -> trigger.metadata().get("query"))
                        .toList());
        assertPace(spec.advanced().horizontalPodAutoscalerConfig().behavior());
    }

    /** What the adapter makes available is what the autoscaler asks for. */
    @Test
    void theAdapterServesTheMetricsOfTheHpa() throws Exception {
        String adapter = java.nio.file.Files.readString(Chart.file("files/examples/prometheus-adapter.yaml"));
        Variant.PROD.render().one(HorizontalPodAutoscaler.class).getSpec().getMetrics().stream()
                .filter(metric -> metric.getExternal() != null)
                .forEach(metric -> assertTrue(adapter.contains(
                        "name: {as: " + metric.getExternal().getMetric().getName() + '}')));
    }

    private static void assertPace(HorizontalPodAutoscalerBehavior behavior) {
        HPAScalingRules up = behavior.getScaleUp();
        assertEquals(120, up.getStabilizationWindowSeconds());
        assertEquals("Min", up.getSelectPolicy(), "the smaller of the two wins");
        assertEquals(
                List.of("Percent 50 in 60 s", "Pods 15 in 60 s"),
                up.getPolicies().stream().map(ScalingTest::shown).toList());
        HPAScalingRules down = behavior.getScaleDown();
        assertTrue(down.getStabilizationWindowSeconds() >= 300, "going down takes its time");
        assertEquals(
                List.of("Percent 10 in 120 s"),
                down.getPolicies().stream().map(ScalingTest::shown).toList());
    }

    private static String shown(HPAScalingPolicy policy) {
        return policy.getType() + ' ' + policy.getValue() + " in " + policy.getPeriodSeconds() + " s";
    }

    private static String shown(MetricSpec metric) {
        return metric.getResource() != null
                ? metric.getResource().getName()
                        + ' '
                        + metric.getResource().getTarget().getAverageUtilization()
                        + '%'
                : metric.getExternal().getMetric().getName()
                        + ' '
                        + metric.getExternal().getTarget().getAverageValue();
    }
}
