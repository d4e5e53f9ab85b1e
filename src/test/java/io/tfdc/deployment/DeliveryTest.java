package io.tfdc.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.tfdc.deployment.DeliveryKinds.Analysis;
import io.tfdc.deployment.DeliveryKinds.AnalysisMetric;
import io.tfdc.deployment.DeliveryKinds.AnalysisTemplate;
import io.tfdc.deployment.DeliveryKinds.Argument;
import io.tfdc.deployment.DeliveryKinds.BlueGreenStrategy;
import io.tfdc.deployment.DeliveryKinds.Canary;
import io.tfdc.deployment.DeliveryKinds.CanaryMetric;
import io.tfdc.deployment.DeliveryKinds.CanarySpec;
import io.tfdc.deployment.DeliveryKinds.CanaryStrategy;
import io.tfdc.deployment.DeliveryKinds.MetricTemplate;
import io.tfdc.deployment.DeliveryKinds.Rollout;
import io.tfdc.deployment.DeliveryKinds.RolloutStrategy;
import io.tfdc.deployment.DeliveryKinds.ScaledObject;
import io.tfdc.deployment.DeliveryKinds.Step;
import io.tfdc.deployment.DeliveryKinds.TemplateRef;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Canary and blue-green: steps, and gates with the numbers of the requirements. */
final class DeliveryTest {
    /** Gate, what passes, what fails. Errors 1 % and 5 %, success 99 and 95 %, leader changes 1 and 3 per 5 min, ... */
    private static final Map<String, List<String>> GATES = Map.of(
            "error-rate", List.of("<= 0.01", "> 0.05"),
            "success", List.of(">= 0.99", "< 0.95"),
            "p95-seconds", List.of("<= 5", "> 7"),
            "leader-changes", List.of("<= 1", "> 3"),
            "coverage", List.of(">= 0.99", "< 0.95"),
            "lag", List.of("<= 100", "> 1000"),
            "cpu", List.of("<= 0.8", "> 0.95"),
            "memory", List.of("<= 0.8", "> 0.9"));

    @Test
    void canaryGoesFromFiveToFifteenToThirty() {
        CanaryStrategy canary =
                Variant.CANARY.render().one(Rollout.class).spec().strategy().canary();
        assertNotNull(canary);
        List<Step> steps = canary.steps();

        assertEquals(
                List.of(5L, 15L, 30L),
                steps.stream()
                        .filter(step -> step.setWeight() != null)
                        .map(step -> Math.round(step.setWeight() * 30 / 100.0))
                        .toList());
        assertEquals(
                List.of("5m", "10m", "30m"),
                steps.stream()
                        .filter(step -> step.pause() != null)
                        .map(step -> step.pause().duration())
                        .toList());
        assertEquals("canary", canary.canaryMetadata().labels().get("defender.tfdc.io/color"));
    }

    @Test
    void gatesHaveTheNumbersOfTheRequirements() {
        AnalysisTemplate template = Variant.CANARY.render().one(AnalysisTemplate.class);
        Map<String, List<String>> found = new TreeMap<>();
        for (AnalysisMetric metric : template.spec().metrics()) {
            found.put(metric.name(), List.of(bound(metric.successCondition()), bound(metric.failureCondition())));
            assertEquals(0, metric.failureLimit().getIntVal(), "one clear failure ends it");
            assertTrue(metric.provider().prometheus().query().contains("namespace=\"fdc\""), metric.name());
        }

        assertEquals(new TreeMap<>(GATES), found);
    }

    /** What a bad version does to itself is measured on itself; a good majority must not hide it. */
    @Test
    void gatesWatchTheNewVersionAlone() {
        Map<String, String> queries = queries(Variant.CANARY);
        Map<String, String> blueGreen = queries(Variant.ARGO_BLUE_GREEN);

        for (String gate : List.of("error-rate", "success", "p95-seconds")) {
            assertTrue(queries.get(gate).contains("deployment_color=\"canary\""), gate);
            assertTrue(blueGreen.get(gate).contains("deployment_color=\"green\""), gate);
        }
        for (String gate : List.of("cpu", "memory")) {
            assertTrue(queries.get(gate).contains("pod=~\"fab-defender-{{args.hash}}-.+\""), queries.get(gate));
        }
    }

    @Test
    void blueGreenNamesServicesThatExist() {
        Manifests manifests = Variant.ARGO_BLUE_GREEN.render();
        Rollout rollout = manifests.one(Rollout.class);
        BlueGreenStrategy strategy = rollout.spec().strategy().blueGreen();
        assertNotNull(strategy);

        manifests.named(Service.class, strategy.activeService());
        manifests.named(Service.class, strategy.previewService());
        assertEquals(
                manifests.one(AnalysisTemplate.class).metadata().getName(),
                strategy.prePromotionAnalysis().templates().get(0).templateName());
        manifests
                .one(AnalysisTemplate.class)
                .spec()
                .metrics()
                .forEach(metric -> assertNotNull(metric.count(), "without an end the promotion would never come"));
    }

    @Test
    void flaggerHasTheSameGates() {
        Manifests manifests = Variant.FLAGGER.render();
        Canary canary = manifests.one(Canary.class);
        Map<String, MetricTemplate> templates = manifests.all(MetricTemplate.class).stream()
                .collect(Collectors.toMap(template -> template.metadata().getName(), template -> template));

        assertEquals(GATES.keySet(), names(canary));
        for (CanaryMetric metric : canary.spec().analysis().metrics()) {
            assertNotNull(templates.get(metric.templateRef().name()), metric.name());
            String pass = GATES.get(metric.name()).get(0);
            double limit = Double.parseDouble(pass.substring(pass.indexOf(' ') + 1));
            assertEquals(
                    limit,
                    pass.startsWith("<=")
                            ? metric.thresholdRange().max()
                            : metric.thresholdRange().min());
        }
        assertNotNull(canary.spec().autoscalerRef());
        assertEquals("kubernetes", canary.spec().provider(), "there is no traffic to shift");
    }

    /** What Argo's controller would complain of only when an update begins. */
    @ParameterizedTest
    @EnumSource(
            value = Variant.class,
            names = {"CANARY", "ARGO_BLUE_GREEN", "ARGO_KEDA"})
    void anAnalysisHasItsTemplateItsArgumentsAndAnEnd(Variant variant) {
        Manifests manifests = variant.render();
        RolloutStrategy strategy = manifests.one(Rollout.class).spec().strategy();
        AnalysisTemplate template = manifests.one(AnalysisTemplate.class);
        CanaryStrategy canary = strategy.canary();
        Analysis analysis = canary == null ? strategy.blueGreen().prePromotionAnalysis() : canary.analysis();

        assertEquals(List.of(new TemplateRef(template.metadata().getName())), analysis.templates());
        assertEquals(
                template.spec().args().stream().map(Argument::name).toList(),
                analysis.args().stream().map(Argument::name).toList());
        assertTrue(canary == null || analysis.startingStep() < canary.steps().size());
        for (AnalysisMetric metric : template.spec().metrics()) {
            if (metric.count() != null) {
                int count = metric.count().getIntVal();
                assertTrue(count >= metric.failureLimit().getIntVal(), metric.name());
                assertTrue(count >= metric.inconclusiveLimit().getIntVal(), metric.name());
            }
        }
    }

    /** Flagger copies the deployment and tells the copies apart by one of three labels, and copies its autoscaler. */
    @ParameterizedTest
    @EnumSource(
            value = Variant.class,
            names = {"FLAGGER", "FLAGGER_KEDA"})
    void flaggerFindsWhatItCopies(Variant variant) {
        Manifests manifests = variant.render();
        CanarySpec canary = manifests.one(Canary.class).spec();

        Deployment deployment =
                manifests.named(Deployment.class, canary.targetRef().name());
        Set<String> labels = deployment.getSpec().getSelector().getMatchLabels().keySet();
        assertTrue(Stream.of("app", "name", "app.kubernetes.io/name").anyMatch(labels::contains), labels::toString);
        assertNotNull(canary.autoscalerRef());
        String scaled = canary.autoscalerRef().kind().equals("ScaledObject")
                ? manifests.one(ScaledObject.class).metadata().getName()
                : manifests.one(HorizontalPodAutoscaler.class).getMetadata().getName();
        assertEquals(scaled, canary.autoscalerRef().name());
        assertTrue(
                manifests.all(Service.class).stream()
                        .noneMatch(service -> service.getMetadata()
                                .getName()
                                .equals(canary.service().name())),
                "Flagger makes this service itself");
    }

    private static Set<String> names(Canary canary) {
        return canary.spec().analysis().metrics().stream()
                .map(CanaryMetric::name)
                .collect(Collectors.toSet());
    }

    private static Map<String, String> queries(Variant variant) {
        return variant.render().one(AnalysisTemplate.class).spec().metrics().stream()
                .collect(Collectors.toMap(
                        AnalysisMetric::name,
                        metric -> metric.provider().prometheus().query()));
    }

    private static String bound(String condition) {
        String start = "len(result) > 0 && result[0] ";
        assertTrue(condition.startsWith(start), condition);
        return condition.substring(start.length());
    }
}
