package io.tfdc.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ElectionConfigTest {
    @Test
    void the_documents_variables_are_taken() {
        ElectionConfig election = load(
                        Map.of("ELECTION_AGENT_ADDR", "a:9090,b:443", "ELECTION_TTL_SECONDS", "10"),
                        "election.kind=nats-kv")
                .election();
        assertEquals(List.of("a:9090", "b:443"), election.agents());
        assertEquals(Duration.ofSeconds(10), election.term());
        assertEquals(ElectionConfig.Kind.NATS_KV, election.kind());
    }

    @Test
    void an_agent_takes_its_former_variables() {
        DefenderConfig config =
                load(Map.of("EA_GRPC_PORT", "443", "EA_HTTP_PORT", "80", "EA_KUBE_ENABLE", "true"), "http.host=::");
        assertEquals(443, config.electionAgent().port());
        assertEquals(80, config.http().port());
        assertTrue(config.electionAgent().kubernetes());
    }

    @Test
    void replicas_have_names_and_addresses() {
        ElectionAgentConfig agent =
                load(Map.of(), "electionAgent.peers=a-0=h0:1,a-1=h1:2,a-2=h2:3").electionAgent();
        assertEquals(Map.of("a-0", "h0:1", "a-1", "h1:2", "a-2", "h2:3"), agent.addresses());
    }

    @Test
    void more_replicas_may_be_known_than_begin_together() {
        String peers = "electionAgent.peers=a-0=h0:1,a-1=h1:2,a-2=h2:3,a-3=h3:4";
        assertEquals(
                List.of("a-0", "a-1", "a-3"),
                load(Map.of(), peers, "electionAgent.founders=a-0,a-1,a-3")
                        .electionAgent()
                        .founders());
        assertRefused("electionAgent.peers: expected different names, an odd number", peers);
    }

    @Test
    void what_can_not_work_is_refused() {
        assertRefused("election.term: expected 1s to 1m", "election.term=900ms");
        assertRefused("election.margin: expected at least a twentieth of term", "election.term=30s");
        assertRefused("election.renewInterval: expected less than term", "election.renewInterval=2500ms");
        assertRefused("election.requestTimeout: expected less than term", "election.requestTimeout=3s");
        assertRefused("election.agents: expected host:port", "election.agents=a:9090,b");
        assertRefused("electionAgent.peers: expected name=host:port", "electionAgent.peers=h0:1");
        assertRefused(
                "electionAgent.peers: expected different names, an odd number", "electionAgent.peers=a=h:1,b=h:2");
        assertRefused(
                "electionAgent.privateKey: expected certificate and privateKey", "electionAgent.privateKey=x.pem");
        assertRefused("electionAgent.founders: expected different names out of peers", "electionAgent.founders=a");
        assertRefused("electionAgent.peerTls.enabled: expected true with", "electionAgent.peerTls.enabled=true");
        assertRefused("electionAgent.peerTls.enabled: expected true with", "electionAgent.peerTls.privateKey=x.pem");
        assertRefused("electionAgent.kubernetesServer: expected https", "electionAgent.kubernetesServer=k8s");
    }

    private static DefenderConfig load(Map<String, String> environment, String... assignments) {
        return ConfigLoader.load(Optional.empty(), environment, List.of(assignments))
                .config();
    }

    private static void assertRefused(String expected, String assignment) {
        ConfigException refused = assertThrows(ConfigException.class, () -> load(Map.of(), assignment));
        assertTrue(
                refused.problems().stream().anyMatch(problem -> problem.contains(expected)),
                refused.problems().toString());
    }
}
