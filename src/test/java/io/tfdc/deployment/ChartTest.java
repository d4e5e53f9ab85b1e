package io.tfdc.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart as a whole: it lints, renders into valid objects in every preset, refuses wrong values, and says what to do next. */
final class ChartTest {
    @Test
    void lintsWithoutComplaint() {
        LintResult result = Chart.lint();

        assertFalse(result.isFailed(), () -> String.join("\n", result.getMessages()));
    }

    @ParameterizedTest
    @EnumSource
    void rendersObjectsThatTheApiKnows(Variant variant) {
        Manifests manifests = variant.render();

        assertTrue(
                manifests.objects().size() > 10,
                "too few objects: " + manifests.objects().size());
        Set<String> names = new HashSet<>();
        for (HasMetadata object : manifests.all(HasMetadata.class)) {
            String name = object.getKind() + '/' + object.getMetadata().getName();
            assertTrue(names.add(name), () -> name + " is there twice");
            assertTrue(object.getMetadata().getName().length() <= 63, name);
            assertEquals(
                    Chart.RELEASE,
                    object.getMetadata().getLabels().get("app.kubernetes.io/instance"),
                    () -> name + " does not say of which release it is");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "defender.replcas, 3, additional properties 'replcas' not allowed",
        "replicas, 3, additional properties 'replicas' not allowed",
        "image.tag, latest, /image/tag",
        "image.digest, sha256:12, /image/digest",
        "nats.image.tag, latest, /nats/image/tag",
        "defender.update.preset, fast, /defender/update/preset",
        "autoscaling.mode, both, /autoscaling/mode",
        "cassandra.consistency, most, /cassandra/consistency",
        "electionAgent.replicas, 2, /electionAgent/replicas",
        "security.runAsUser, 0, /security/runAsUser",
        "nats.subject, dc.completed, /nats/subject",
        "nats.tls.secretName, '', /nats/tls/secretName",
        "defender.drainSeconds, 25, must fit into terminationGracePeriodSeconds",
        "cassandra.hosts, null, cassandra.hosts: expected at least one host",
    })
    void refusesWrongValues(String path, String value, String complaint) {
        List<String> presets = List.of("values-prod.yaml");

        IllegalStateException refused = assertThrows(
                IllegalStateException.class, () -> Chart.text(presets, List.of(Map.entry(path, value))), "accepted");

        assertTrue(refused.getMessage().contains(complaint), refused::getMessage);
    }

    @Test
    void hooksRunWhenTheyShould() {
        Manifests prod = Variant.PROD.render();
        Manifests dev = Variant.DEV.render();

        assertEquals(
                "pre-install,pre-upgrade",
                prod.one(Job.class).getMetadata().getAnnotations().get(Chart.HOOK));
        assertEquals("test", prod.one(Pod.class).getMetadata().getAnnotations().get(Chart.HOOK));
        Job besidesTheTrialStore = dev.one(Job.class);
        assertTrue(besidesTheTrialStore.getMetadata().getAnnotations() == null
                || !besidesTheTrialStore.getMetadata().getAnnotations().containsKey(Chart.HOOK));
        assertTrue(
                besidesTheTrialStore.getMetadata().getName().endsWith("-1"),
                "a job can't be changed: its name has the revision");
    }

    @ParameterizedTest
    @EnumSource
    void hooksNeedNothingThatIsMadeAfterThem(Variant variant) {
        Workload schema = variant.render().workload("schema");

        assertEquals(null, schema.pod().getServiceAccountName(), "the account is made after the hook");
        assertTrue(schema.pod().getVolumes().stream().allMatch(volume -> volume.getConfigMap() == null));
    }

    @ParameterizedTest
    @EnumSource
    void notMoreThanOneAutoscaler(Variant variant) {
        Manifests manifests = variant.render();
        int scalers = manifests.all(HorizontalPodAutoscaler.class).size()
                + manifests.all(DeliveryKinds.ScaledObject.class).size();

        assertTrue(scalers <= 1, "found " + scalers);
        boolean fixed = manifests.workload("defender").replicas().isPresent();
        assertEquals(scalers == 0, fixed, "the chart and an autoscaler would fight over the number of replicas");
    }

    @Test
    void rollingPresetsAreThoseOfTheRequirements() {
        var surge = Variant.PROD
                .render()
                .one(Deployment.class)
                .getSpec()
                .getStrategy()
                .getRollingUpdate();
        var sequential = Variant.SEQUENTIAL
                .render()
                .one(Deployment.class)
                .getSpec()
                .getStrategy()
                .getRollingUpdate();

        assertEquals(
                List.of(10, 0),
                List.of(
                        surge.getMaxSurge().getIntVal(),
                        surge.getMaxUnavailable().getIntVal()));
        assertEquals(
                List.of(0, 5),
                List.of(
                        sequential.getMaxSurge().getIntVal(),
                        sequential.getMaxUnavailable().getIntVal()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"values-dev.yaml", "values-prod.yaml"})
    void notesSayWhatToDoNext(String preset) {
        String notes = Chart.notes(preset);

        assertTrue(notes.contains("helm test " + Chart.RELEASE), notes);
        assertEquals(preset.contains("dev"), notes.contains("is for trials"), notes);
    }
}
