package io.tfdc.deployment;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is promised of every pod of the chart, whatever the preset. */
final class WorkloadPromisesTest {
    private static final Pattern PINNED =
            Pattern.compile("[^:@\\s]+(:[0-9]+\\.[0-9]+\\.[0-9]+[-.\\w]*|@sha256:[0-9a-f]{64})");
    private static final Set<String> TASKS = Set.of("schema", "test");

    @ParameterizedTest
    @EnumSource
    void nobodyHasMoreRightsThanNeeded(Variant variant) {
        for (Workload workload : variant.render().workloads()) {
            PodSecurityContext pod = workload.pod().getSecurityContext();
            assertAll(
                    workload.name(),
                    () -> assertTrue(pod.getRunAsNonRoot()),
                    () -> assertTrue(pod.getRunAsUser() > 0),
                    () -> assertEquals("RuntimeDefault", pod.getSeccompProfile().getType()),
                    () -> assertFalse(workload.pod().getEnableServiceLinks()),
                    () -> assertTrue(workload.pod().getHostNetwork() == null
                            && workload.pod().getHostPID() == null));
            for (Container container : workload.containers()) {
                SecurityContext context = container.getSecurityContext();
                assertAll(
                        workload.name() + '/' + container.getName(),
                        () -> assertTrue(context.getReadOnlyRootFilesystem()),
                        () -> assertFalse(context.getAllowPrivilegeEscalation()),
                        () -> assertFalse(context.getPrivileged()),
                        () -> assertEquals(
                                List.of("ALL"), context.getCapabilities().getDrop()),
                        () -> assertTrue(context.getCapabilities().getAdd().isEmpty()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void onlyTheElectionAgentHasAToken(Variant variant) {
        for (Workload workload : variant.render().workloads()) {
            assertEquals(
                    workload.component().equals("election-agent"),
                    workload.pod().getAutomountServiceAccountToken(),
                    workload.name());
        }
    }

    @ParameterizedTest
    @EnumSource
    void noImageMovesUnderItsName(Variant variant) {
        for (Workload workload : variant.render().workloads()) {
            for (Container container : workload.containers()) {
                assertTrue(PINNED.matcher(container.getImage()).matches(), container::getImage);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyContainerHasRequestsAndLimits(Variant variant) {
        for (Workload workload : variant.render().workloads()) {
            for (Container container : workload.containers()) {
                Map<String, Quantity> requests = container.getResources().getRequests();
                Map<String, Quantity> limits = container.getResources().getLimits();
                for (String resource : List.of("cpu", "memory")) {
                    assertTrue(
                            amount(requests.get(resource)) <= amount(limits.get(resource)),
                            workload.name() + '/' + container.getName() + ' ' + resource);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void probesGoToPortsThatTheContainerOpens(Variant variant) {
        for (Workload workload : variant.render().workloads()) {
            if (TASKS.contains(workload.component())) {
                continue;
            }
            Container container = workload.main();
            Set<String> ports =
                    container.getPorts().stream().map(ContainerPort::getName).collect(Collectors.toSet());
            Stream.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())
                    .forEach(probe -> assertTrue(ports.contains(port(probe)), workload.name() + ' ' + probe));
        }
    }

    @Test
    void probesOfDefendersAreThoseOfTheRequirements() {
        Container defender = Variant.PROD.render().workload("defender").main();
        Probe live = defender.getLivenessProbe();
        Probe ready = defender.getReadinessProbe();

        assertEquals(List.of(30, 10, 5, 3), timing(live));
        assertEquals("/health/live", live.getHttpGet().getPath());
        assertEquals(List.of(10, 5, 3, 2), timing(ready));
        assertEquals("/health/ready", ready.getHttpGet().getPath());
        assertEquals("/health/startup", defender.getStartupProbe().getHttpGet().getPath());
        Map<String, Integer> ports = defender.getPorts().stream()
                .collect(Collectors.toMap(ContainerPort::getName, ContainerPort::getContainerPort));
        assertEquals(Map.of("api", 8080, "management", 9090), ports);
    }

    @Test
    void shutdownFitsIntoTheGracePeriod() {
        Workload defender = Variant.PROD.render().workload("defender");

        assertEquals(30, defender.pod().getTerminationGracePeriodSeconds());
        assertEquals(
                List.of("sleep", "5"),
                defender.main().getLifecycle().getPreStop().getExec().getCommand());
        assertEquals("20s", Workload.variables(defender.main()).get("DEFENDER_PROCESSING_DRAIN_TIMEOUT"));
    }

    @Test
    void sizesAreThoseOfTheRequirements() {
        Manifests prod = Variant.PROD.render();

        assertEquals(List.of("8", "8Gi", "16", "16Gi"), sizes(prod, "defender"));
        assertEquals(List.of("100m", "256Mi", "500m", "512Mi"), sizes(prod, "election-agent"));
        assertEquals(List.of("500m", "1Gi", "2", "4Gi"), sizes(prod, "nats"));
    }

    /** A heap that may grow beyond the share of the request at which the autoscaler acts would scale out for nothing. */
    @ParameterizedTest
    @EnumSource
    void theJvmStaysBelowTheMemoryMetric(Variant variant) {
        Manifests manifests = variant.render();
        for (Workload workload : manifests.workloads()) {
            Container container = workload.main();
            String options = Workload.variables(container).get("JDK_JAVA_OPTIONS");
            if (options == null || !options.contains("-Xms")) {
                continue;
            }
            long reachable = megabytes(options, "-Xmx(\\d+)m")
                    + megabytes(options, "MaxDirectMemorySize=(\\d+)m")
                    + megabytes(options, "MaxMetaspaceSize=(\\d+)m")
                    + megabytes(options, "ReservedCodeCacheSize=(\\d+)m");
            long requested = amount(container.getResources().getRequests().get("memory")) / 1000 >> 20;
            long limit = amount(container.getResources().getLimits().get("memory")) / 1000 >> 20;
            if (workload.component().equals("defender")) {
                assertTrue(reachable <= 0.75 * requested, reachable + " MiB of " + requested);
            }
            assertTrue(reachable <= 0.75 * limit, workload.name() + ": " + reachable + " MiB of " + limit);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenToIsMounted(Variant variant) {
        for (Workload workload : variant.render().workloads()) {
            Set<String> volumes = Stream.concat(
                            workload.pod().getVolumes().stream().map(volume -> volume.getName()), Stream.of("data"))
                    .collect(Collectors.toSet());
            for (Container container : workload.containers()) {
                container
                        .getVolumeMounts()
                        .forEach(mount -> assertTrue(volumes.contains(mount.getName()), mount::getName));
            }
            workload.pod().getVolumes().stream()
                    .filter(volume -> volume.getEmptyDir() != null)
                    .forEach(volume -> assertNotNull(volume.getEmptyDir().getSizeLimit(), volume.getName()));
        }
    }

    @Test
    void podsAreSpreadOverZonesAndNodes() {
        Workload defender = Variant.PROD.render().workload("defender");

        assertEquals(
                List.of("topology.kubernetes.io/zone", "kubernetes.io/hostname"),
                defender.pod().getTopologySpreadConstraints().stream()
                        .map(constraint -> constraint.getTopologyKey())
                        .toList());
        defender.pod()
                .getTopologySpreadConstraints()
                .forEach(constraint -> assertTrue(
                        defender.isSelectedBy(constraint.getLabelSelector().getMatchLabels())));
        assertEquals("fab-defender", defender.pod().getPriorityClassName());
    }

    private static List<String> sizes(Manifests manifests, String component) {
        Container container = manifests.workload(component).main();
        return Stream.of(
                        container.getResources().getRequests(),
                        container.getResources().getLimits())
                .flatMap(sizes -> Stream.of(sizes.get("cpu"), sizes.get("memory")))
                .map(Quantity::toString)
                .toList();
    }

    /** In thousandths of the unit. */
    private static long amount(Quantity quantity) {
        return quantity.getNumericalAmount().movePointRight(3).longValue();
    }

    private static long megabytes(String options, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(options);
        assertTrue(matcher.find(), () -> pattern + " in " + options);
        return Long.parseLong(matcher.group(1));
    }

    private static List<Integer> timing(Probe probe) {
        return List.of(
                probe.getInitialDelaySeconds(),
                probe.getPeriodSeconds(),
                probe.getTimeoutSeconds(),
                probe.getFailureThreshold());
    }

    private static String port(Probe probe) {
        return probe.getHttpGet() == null
                ? probe.getTcpSocket().getPort().getStrVal()
                : probe.getHttpGet().getPort().getStrVal();
    }
}
