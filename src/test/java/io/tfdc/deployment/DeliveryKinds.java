package io.tfdc.deployment;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of the resources of Argo Rollouts (argoproj.io/v1alpha1), Flagger (flagger.app/v1beta1) and KEDA (keda.sh/v1alpha1) that the
 * chart uses, for tests to look at. Whether they would be admitted is for {@link Admission} to say.
 */
final class DeliveryKinds {
    private DeliveryKinds() {}

    record Target(String apiVersion, String kind, String name) {}

    record Rollout(String apiVersion, String kind, ObjectMeta metadata, RolloutSpec spec) {}

    record RolloutSpec(
            @Nullable Integer replicas,
            int progressDeadlineSeconds,
            boolean progressDeadlineAbort,
            int revisionHistoryLimit,
            LabelSelector selector,
            RolloutStrategy strategy,
            PodTemplateSpec template) {}

    record RolloutStrategy(
            @Nullable CanaryStrategy canary, @Nullable BlueGreenStrategy blueGreen) {}

    record CanaryStrategy(
            IntOrString maxSurge,
            IntOrString maxUnavailable,
            PodMetadata stableMetadata,
            PodMetadata canaryMetadata,
            Analysis analysis,
            List<Step> steps) {}

    record BlueGreenStrategy(
            String activeService,
            String previewService,
            boolean autoPromotionEnabled,
            int autoPromotionSeconds,
            int scaleDownDelaySeconds,
            PodMetadata activeMetadata,
            PodMetadata previewMetadata,
            Analysis prePromotionAnalysis) {}

    record PodMetadata(Map<String, String> labels) {}

    record Analysis(@Nullable Integer startingStep, List<TemplateRef> templates, List<Argument> args) {}

    record TemplateRef(String templateName) {}

    record Argument(String name, @Nullable ValueFrom valueFrom) {}

    record ValueFrom(String podTemplateHashValue) {}

    record Step(@Nullable Integer setWeight, @Nullable Pause pause) {}

    record Pause(String duration) {}

    record AnalysisTemplate(String apiVersion, String kind, ObjectMeta metadata, AnalysisSpec spec) {}

    record AnalysisSpec(List<Argument> args, List<AnalysisMetric> metrics) {}

    record AnalysisMetric(
            String name,
            String interval,
            String initialDelay,
            @Nullable IntOrString count,
            IntOrString failureLimit,
            IntOrString inconclusiveLimit,
            IntOrString consecutiveErrorLimit,
            String successCondition,
            String failureCondition,
            MetricProvider provider) {}

    record MetricProvider(Prometheus prometheus) {}

    record Prometheus(String address, String query) {}

    record Canary(String apiVersion, String kind, ObjectMeta metadata, CanarySpec spec) {}

    record CanarySpec(
            String provider,
            Target targetRef,
            @Nullable Target autoscalerRef,
            int progressDeadlineSeconds,
            CanaryService service,
            CanaryAnalysis analysis) {}

    record CanaryService(String name, int port, IntOrString targetPort) {}

    record CanaryAnalysis(String interval, int iterations, int threshold, List<CanaryMetric> metrics) {}

    record CanaryMetric(String name, String interval, Name templateRef, ThresholdRange thresholdRange) {}

    record Name(String name) {}

    record ThresholdRange(@Nullable Double min, @Nullable Double max) {}

    record MetricTemplate(String apiVersion, String kind, ObjectMeta metadata, MetricTemplateSpec spec) {}

    record MetricTemplateSpec(FlaggerProvider provider, String query) {}

    record FlaggerProvider(String type, String address) {}

    record ScaledObject(String apiVersion, String kind, ObjectMeta metadata, ScaledObjectSpec spec) {}

    record ScaledObjectSpec(
            Target scaleTargetRef,
            int minReplicaCount,
            int maxReplicaCount,
            int pollingInterval,
            Advanced advanced,
            List<Trigger> triggers) {}

    record Advanced(AutoscalerConfig horizontalPodAutoscalerConfig) {}

    record AutoscalerConfig(HorizontalPodAutoscalerBehavior behavior) {}

    record Trigger(String type, String metricType, Map<String, String> metadata) {}
}
