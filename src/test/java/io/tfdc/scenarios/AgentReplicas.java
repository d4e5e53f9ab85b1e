package io.tfdc.scenarios;

import static io.tfdc.testing.VertxTestKit.eventually;

import io.tfdc.election.grpc.AgentClientOptions;
import io.tfdc.election.grpc.AgentElection;
import io.tfdc.testing.Machine;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Election Agents as processes, on free ports, with their data in a folder that outlives them. */
final class AgentReplicas implements AutoCloseable {
    private final Path folder;
    private final int size;
    private final int[] ports;
    private final List<DefenderChild> children = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();

    AgentReplicas(Path folder, int size) {
        this.folder = folder;
        this.size = size;
        this.ports = Machine.freePorts(3 * size);
        for (int i = 0; i < size; i++) {
            children.add(launch(i));
        }
    }

    void awaitReady() throws InterruptedException {
        for (DefenderChild child : children) {
            child.awaitReady();
        }
    }

    /** Addresses for clients, beginning with one of the replicas. */
    List<String> addressesFrom(int first) {
        return IntStream.range(0, size)
                .mapToObj(i -> address((first + i) % size))
                .toList();
    }

    /** The settings of a member that is to use them, and others. */
    String[] settings(String... others) {
        List<String> settings = new ArrayList<>(List.of(others));
        settings.add("election.kind=agent");
        settings.add("election.agents=" + String.join(",", addressesFrom(0)));
        return settings.toArray(String[]::new);
    }

    /** A client of all of them, as operators use it. The caller closes it. */
    AgentElection client(Vertx vertx) {
        return new AgentElection(
                vertx, new AgentClientOptions(addressesFrom(0), "defender", Duration.ofSeconds(10), Optional.empty()));
    }

    String address(int replica) {
        return "127.0.0.1:" + ports[replica];
    }

    DefenderChild child(int replica) {
        return children.get(replica);
    }

    /** Starts a replica again that has ended. */
    void restart(int replica) {
        children.set(replica, launch(replica));
    }

    /** The replica that leads the log. */
    int logLeader() {
        List<Integer> leaders = new ArrayList<>();
        eventually("a replica leads the log", () -> {
            leaders.clear();
            for (int i = 0; i < size; i++) {
                if (children.get(i).isAlive() && metrics(i).matches("(?s).*election_agent_log_leader\\{[^}]*} 1.0.*")) {
                    leaders.add(i);
                }
            }
            return leaders.size() == 1;
        });
        return leaders.get(0);
    }

    String metrics(int replica) {
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + ports[2 * size + replica] + "/metrics"))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException notNow) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private DefenderChild launch(int replica) {
        String peers = IntStream.range(0, size)
                .mapToObj(i -> "agent-" + i + "=127.0.0.1:" + ports[size + i])
                .collect(Collectors.joining(","));
        return DefenderChild.start(List.of(
                "election-agent",
                "--set",
                "electionAgent.replica=agent-" + replica,
                "--set",
                "electionAgent.peers=" + peers,
                "--set",
                "electionAgent.host=127.0.0.1",
                "--set",
                "electionAgent.port=" + ports[replica],
                "--set",
                "electionAgent.storage=" + folder.resolve("agent-" + replica),
                "--set",
                "http.host=127.0.0.1",
                "--set",
                "http.port=" + ports[2 * size + replica]));
    }

    @Override
    public void close() {
        children.forEach(DefenderChild::close);
    }
}
