package io.tfdc.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Objects that name each other mean the same things: selectors and labels, services and ports, roles and accounts. */
final class WiringTest {
    @ParameterizedTest
    @EnumSource
    void selectorsMatchTheLabelsOfTheirOwnPodsAlone(Variant variant) {
        List<Workload> workloads = variant.render().workloads();
        for (Workload owner : workloads) {
            if (!owner.selector().isEmpty()) {
                assertEquals(
                        List.of(owner.name()),
                        workloads.stream()
                                .filter(workload -> workload.isSelectedBy(owner.selector()))
                                .map(Workload::name)
                                .toList());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void servicesLeadToPortsOfTheirPods(Variant variant) {
        Manifests manifests = variant.render();
        for (Service service : manifests.all(Service.class)) {
            Workload pods = selected(manifests, service.getSpec().getSelector());
            Set<String> open = ports(pods);
            service.getSpec()
                    .getPorts()
                    .forEach(port -> assertTrue(
                            open.contains(port.getTargetPort().getStrVal()),
                            () -> service.getMetadata().getName() + ' ' + port.getName()));
        }
        for (StatefulSet set : manifests.all(StatefulSet.class)) {
            Service headless = manifests.named(Service.class, set.getSpec().getServiceName());
            assertEquals("None", headless.getSpec().getClusterIP());
        }
    }

    @ParameterizedTest
    @EnumSource
    void monitorsFindTheirPods(Variant variant) {
        Manifests manifests = variant.render();
        for (PodMonitor monitor : manifests.all(PodMonitor.class)) {
            Workload pods = selected(manifests, monitor.getSpec().getSelector().getMatchLabels());
            monitor.getSpec()
                    .getPodMetricsEndpoints()
                    .forEach(endpoint -> assertTrue(ports(pods).contains(endpoint.getPort()), pods.name()));
        }
        for (ServiceMonitor monitor : manifests.all(ServiceMonitor.class)) {
            Map<String, String> wanted = monitor.getSpec().getSelector().getMatchLabels();
            List<Service> found = manifests.all(Service.class).stream()
                    .filter(service ->
                            service.getMetadata().getLabels().entrySet().containsAll(wanted.entrySet()))
                    .filter(service -> service.getSpec().getPorts().stream()
                            .anyMatch(port -> port.getName().equals("management")))
                    .toList();
            assertEquals(1, found.size(), () -> monitor.getMetadata().getName());
        }
    }

    @ParameterizedTest
    @EnumSource
    void disruptionBudgetsLeaveAMajorityAndLetNodesDrain(Variant variant) {
        Manifests manifests = variant.render();
        for (PodDisruptionBudget budget : manifests.all(PodDisruptionBudget.class)) {
            Workload pods = selected(manifests, budget.getSpec().getSelector().getMatchLabels());
            IntOrString unavailable = budget.getSpec().getMaxUnavailable();
            if (pods.component().equals("defender")) {
                assertEquals("10%", unavailable.getStrVal());
            } else {
                assertEquals(1, unavailable.getIntVal(), "0 would keep a node from being drained for ever");
                int replicas = pods.replicas().orElse(0);
                assertTrue(replicas == 1 || replicas - 1 > replicas / 2 || replicas == 2, pods.name());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void secretsAreNamedAndNeverWritten(Variant variant) {
        Manifests manifests = variant.render();
        for (Workload workload : manifests.workloads()) {
            for (Container container : workload.containers()) {
                for (EnvVar variable : container.getEnv()) {
                    boolean secret = variable.getName().matches(".*(PASSWORD|TOKEN|SECRET)$");
                    assertFalse(
                            secret && variable.getValue() != null,
                            () -> workload.name() + " has " + variable.getName() + " in plain text");
                }
            }
        }
    }

    @Test
    void theIntendedSizeReachesTheLeaderThroughTheAgent() {
        Manifests prod = Variant.PROD.render();
        RoleBinding binding = prod.one(RoleBinding.class);
        Role role = prod.one(Role.class);

        assertEquals(
                prod.workload("election-agent").pod().getServiceAccountName(),
                binding.getSubjects().get(0).getName());
        assertEquals(role.getMetadata().getName(), binding.getRoleRef().getName());
        assertEquals(Set.of("pods", "deployments", "replicasets"), resources(role));
        for (Variant argo : List.of(Variant.CANARY, Variant.ARGO_BLUE_GREEN)) {
            assertTrue(
                    argo.render().one(Role.class).getRules().stream()
                            .anyMatch(rule -> rule.getApiGroups().equals(List.of("argoproj.io"))
                                    && rule.getResources().equals(List.of("rollouts"))
                                    && rule.getVerbs().contains("get")),
                    argo::name);
        }
        role.getRules().forEach(rule -> assertEquals(List.of("get", "list", "watch"), rule.getVerbs()));
        String agents = Workload.variables(prod.workload("defender").main()).get("ELECTION_AGENT_ADDR");
        assertEquals(3, agents.split(",").length);
    }

    @ParameterizedTest
    @EnumSource
    void addressesNamePodsThatExist(Variant variant) {
        Manifests manifests = variant.render();
        Map<String, String> variables =
                Workload.variables(manifests.workload("defender").main());
        Set<String> hosts = new HashSet<>();
        for (StatefulSet set : manifests.all(StatefulSet.class)) {
            String service = set.getSpec().getServiceName() + '.' + Chart.NAMESPACE + ".svc";
            hosts.add(service);
            for (int i = 0; i < set.getSpec().getReplicas(); i++) {
                hosts.add(set.getMetadata().getName() + '-' + i + '.' + service);
            }
        }
        for (String name : List.of("NATS_SERVERS", "CASSANDRA_HOSTS", "ELECTION_AGENT_ADDR")) {
            for (String address : variables.get(name).split(",")) {
                String host = address.replaceFirst("^[a-z]+://", "").replaceFirst(":\\d+$", "");
                assertTrue(
                        !host.contains('.' + Chart.NAMESPACE + '.') || hosts.contains(host), () -> name + ' ' + host);
            }
        }
    }

    @Test
    void nothingIsOpenThatNoPolicyNames() {
        Manifests prod = Variant.PROD.render();
        List<NetworkPolicy> policies = prod.all(NetworkPolicy.class);
        NetworkPolicy byDefault = prod.named(NetworkPolicy.class, "fab-defender-default");

        assertEquals(List.of("Ingress", "Egress"), byDefault.getSpec().getPolicyTypes());
        assertTrue(byDefault.getSpec().getIngress().isEmpty());
        assertEquals(
                Map.of("app.kubernetes.io/instance", Chart.RELEASE),
                byDefault.getSpec().getPodSelector().getMatchLabels());
        for (Workload workload : prod.workloads()) {
            assertTrue(
                    workload.isSelectedBy(byDefault.getSpec().getPodSelector().getMatchLabels()), workload::name);
        }
        for (NetworkPolicy policy : policies) {
            policy.getSpec()
                    .getIngress()
                    .forEach(rule -> assertFalse(rule.getPorts().isEmpty(), policy.toString()));
            policy.getSpec()
                    .getEgress()
                    .forEach(rule -> assertFalse(rule.getPorts().isEmpty(), policy.toString()));
        }
    }

    /** Named ports of policies are ports of the pods that they protect. */
    @ParameterizedTest
    @EnumSource
    void policiesNamePortsThatArePortsOfTheirPods(Variant variant) {
        Manifests manifests = variant.render();
        for (NetworkPolicy policy : manifests.all(NetworkPolicy.class)) {
            Set<String> open = manifests.workloads().stream()
                    .filter(workload -> workload.isSelectedBy(
                            policy.getSpec().getPodSelector().getMatchLabels()))
                    .flatMap(workload -> ports(workload).stream())
                    .collect(Collectors.toSet());
            policy.getSpec().getIngress().stream()
                    .flatMap(rule -> rule.getPorts().stream())
                    .forEach(port -> assertTrue(
                            open.contains(port.getPort().getStrVal()),
                            policy.getMetadata().getName() + port));
        }
    }

    private static Workload selected(Manifests manifests, Map<String, String> selector) {
        List<Workload> found = manifests.workloads().stream()
                .filter(workload -> workload.isSelectedBy(selector))
                .toList();
        assertEquals(1, found.size(), () -> selector + " selects " + found);
        return found.get(0);
    }

    private static Set<String> ports(Workload workload) {
        return workload.containers().stream()
                .flatMap(container -> container.getPorts().stream())
                .map(ContainerPort::getName)
                .collect(Collectors.toSet());
    }

    private static Set<String> resources(Role role) {
        return role.getRules().stream()
                .map(PolicyRule::getResources)
                .flatMap(List::stream)
                .collect(Collectors.toSet());
    }
}
