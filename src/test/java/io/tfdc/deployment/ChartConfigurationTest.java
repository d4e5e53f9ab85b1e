package io.tfdc.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.tfdc.config.ApiConfig;
import io.tfdc.config.ConfigLoader;
import io.tfdc.config.EffectiveConfig;
import io.tfdc.config.ElectionAgentConfig;
import io.tfdc.config.TracingConfig;
import io.tfdc.messaging.SubjectFilter;
import io.tfdc.messaging.Subjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The variables and the file that the chart gives to a process are read by the program's own loader, which refuses what it doesn't know.
 */
final class ChartConfigurationTest {
    /** Variables that are for the JVM. */
    private static final String JVM = "JDK_JAVA_OPTIONS";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void theProgramKnowsEverySettingOfTheChart(Variant variant) throws IOException {
        Manifests manifests = variant.render();
        for (Workload workload : manifests.workloads()) {
            for (Container container : workload.containers()) {
                if (container.getImage().startsWith("defender:")) {
                    load(manifests, container);
                }
            }
        }
    }

    @Test
    void productionIsSetUpAsTheRequirementsSay() throws IOException {
        Manifests prod = Variant.PROD.render();
        EffectiveConfig config = load(prod, prod.workload("defender").main());

        assertEquals(9090, config.config().http().port());
        assertEquals(Duration.ofSeconds(20), config.config().processing().drainTimeout());
        assertEquals("dc-notifications", config.config().nats().stream());
        assertEquals(3, config.config().nats().servers().size());
        assertTrue(config.config().nats().tls().enabled());
        assertEquals(Optional.of("a"), config.config().nats().user());
        assertEquals(3, config.config().nats().replicas());
        assertEquals(3, config.config().election().agents().size());
        assertEquals(0, config.config().cluster().expectedSize(), "the agent tells it, as the autoscaler has it");
        assertEquals(3, config.config().cassandra().hosts().size());
        assertTrue(config.config().cassandra().tls().enabled());
    }

    @Test
    void theApiKnowsItsCallers() throws IOException {
        Manifests prod = Variant.PROD.render();
        ApiConfig tokens = load(prod, prod.workload("defender").main()).config().api();
        Manifests other = Variant.CREDENTIALS.render();
        ApiConfig keys = load(other, other.workload("defender").main()).config().api();

        assertEquals(8080, tokens.port());
        assertFalse(tokens.anonymousRead());
        assertTrue(tokens.tokens().isPresent() && tokens.tls().certificate().isPresent());
        assertEquals(Optional.of("https://login.site"), keys.jwt().issuer());
    }

    @Test
    void peopleLogInAtTheProvider() throws IOException {
        Manifests login = Variant.LOGIN.render();
        ApiConfig api = load(login, login.workload("defender").main()).config().api();
        List<Integer> ports = egressPorts(login);

        assertTrue(api.jwt().discover() && api.jwt().keys().isEmpty());
        assertEquals(List.of("/fab/engineers=engineer"), api.jwt().roles());
        assertEquals(
                Optional.of(Path.of("/etc/defender/api-jwt-ca/ca.crt")),
                api.jwt().trustedCertificates());
        assertEquals(Optional.of("https://defender.site"), api.login().publicUrl());
        assertTrue(api.login().clientSecret().isPresent()
                && api.login().sessionKey().isPresent());
        assertTrue(ports.contains(8443), ports.toString());
    }

    @Test
    void tracesGoWhereTheyAreToAndMayGoThere() throws IOException {
        Manifests prod = Variant.PROD.render();
        Manifests other = Variant.CREDENTIALS.render();
        TracingConfig on =
                load(other, other.workload("defender").main()).config().tracing();
        List<Integer> ports = egressPorts(other);

        assertFalse(
                load(prod, prod.workload("defender").main()).config().tracing().enabled());
        assertTrue(on.enabled() && on.tls().enabled());
        assertEquals("https://traces.site:4318/v1/traces", on.endpoint());
        assertEquals(0.1, on.sampleRatio());
        assertEquals(Map.of("authorization", "s3cret of more than thirty-two characters"), on.headerValues());
        assertTrue(ports.contains(4318), ports.toString());
    }

    @Test
    void agentsKnowEachOtherAndMayAskForPods() throws IOException {
        Manifests prod = Variant.PROD.render();
        EffectiveConfig config = load(prod, prod.workload("election-agent").main());

        assertEquals(8081, config.config().http().port());
        assertEquals(3, config.config().electionAgent().peers().size());
        assertTrue(config.config().electionAgent().kubernetes());
        assertTrue(config.config().electionAgent().certificate().isPresent());
        assertEquals(
                Optional.of(Path.of("/etc/defender/agent-peer-tls/tls.crt")),
                config.config().electionAgent().peerTls().certificate());
        assertEquals(List.of(), config.config().electionAgent().founders(), "all of them");
    }

    @Test
    void agentsThatComeLaterWaitUntilTheyAreTakenIn() throws IOException {
        Manifests more = Chart.render(
                List.of("values-prod.yaml"),
                List.of(
                        Map.entry("electionAgent.replicas", "5"),
                        Map.entry("electionAgent.founders", "3"),
                        Map.entry("electionAgent.tls.peerSecretName", "")));
        ElectionAgentConfig agent =
                load(more, more.workload("election-agent").main()).config().electionAgent();

        assertEquals(5, agent.peers().size());
        assertEquals(List.of("fab-defender-agent-0", "fab-defender-agent-1", "fab-defender-agent-2"), agent.founders());
        assertFalse(agent.peerTls().enabled());
    }

    @Test
    void aFixedSizeIsToldToTheLeader() throws IOException {
        Manifests fixed = Variant.FIXED_SIZE.render();

        assertEquals(
                30,
                load(fixed, fixed.workload("defender").main())
                        .config()
                        .cluster()
                        .expectedSize());
    }

    @Test
    void aScopeKeepsTwoReleasesOnOneBrokerApart() throws IOException {
        Manifests shared = Variant.SHARED_NATS.render();
        Container defender = shared.workload("defender").main();
        EffectiveConfig config = load(shared, defender);

        assertEquals("dc-notifications-green", config.config().nats().stream());
        assertEquals(
                "dc-green.{tool}.{chamber}.completed", config.config().nats().subject());
        assertFalse(
                new SubjectFilter(config.config().nats().streamSubjects())
                        .overlaps(new SubjectFilter(new Subjects(Subjects.DEFAULT_TEMPLATE).stored())),
                "a broker refuses two streams of one subject");
        assertEquals(Optional.of("green"), config.config().cluster().scope());
        assertEquals("fab-defender_green_fdc", config.config().election().name());
        assertEquals(Optional.of("green"), config.config().pod().color());
    }

    @Test
    void settingsOfTheInstallerReachTheProgram() throws IOException {
        Manifests manifests = Variant.CREDENTIALS.render();
        EffectiveConfig config = load(manifests, manifests.workload("defender").main());

        assertEquals("DEBUG", config.config().logging().level().toString().toUpperCase(java.util.Locale.ROOT));
        assertEquals(
                Optional.of(Path.of("/etc/defender/nats-credentials/nats.creds")),
                config.config().nats().credentials());
    }

    private static List<Integer> egressPorts(Manifests manifests) {
        return manifests.named(NetworkPolicy.class, "fab-defender").getSpec().getEgress().stream()
                .flatMap(rule -> rule.getPorts().stream())
                .map(port -> port.getPort().getIntVal())
                .toList();
    }

    /** Loads as the process would; references become a value, files of secrets a file. */
    private EffectiveConfig load(Manifests manifests, Container container) throws IOException {
        Map<String, String> environment = new HashMap<>();
        Path secret =
                Files.writeString(folder.resolve("secret"), "authorization=s3cret of more than thirty-two characters");
        Workload.variables(container).forEach((name, value) -> {
            if (name.endsWith("_FILE")) {
                environment.put(name, secret.toString());
            } else if (!name.equals(JVM) && !name.equals("DEFENDER_CONFIG")) {
                environment.put(name, value == null ? "a" : value);
            }
        });
        Optional<Path> file = Optional.empty();
        if (Workload.variables(container).containsKey("DEFENDER_CONFIG")) {
            ConfigMap map = manifests.named(ConfigMap.class, "fab-defender-config");
            file = Optional.of(Files.writeString(
                    folder.resolve("defender.yaml"), map.getData().get("defender.yaml")));
        }
        return ConfigLoader.load(file, environment, List.of());
    }
}
