package io.tfdc.scenarios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.cli.DefenderCommand;
import io.tfdc.model.ChamberId;
import io.tfdc.scenarios.ScenarioSite.Servers;
import io.tfdc.testing.CassandraServer;
import io.tfdc.testing.NatsServer;
import io.tfdc.testing.PrometheusTools;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code defender cluster} as an operator uses it: a cluster of three processes does what it is told and says how it stands. */
@Tag("integration")
class ClusterCommandTest {
    private static final String COUNT = " non-histogram and non-summary metrics should not have \"_count\" suffix";
    private static final String UNIT = " metric names should not contain abbreviated units";
    /** What promtool finds fault with and others named: the design documents the first, Micrometer the rest. */
    private static final List<String> NAMED_BY_OTHERS = List.of(
            "defender_active_heartbeat_count" + COUNT,
            "jvm_compilation_time_ms_total" + UNIT,
            "process_cpu_time_ns_total" + UNIT,
            "system_cpu_count" + COUNT);

    private static final int MEMBERS = 3;
    private static final int CHAMBERS = 12;
    private static final Duration LIMIT = Duration.ofSeconds(120);

    @TempDir
    private Path folder;

    private ClusterScenario scenario;

    /** What a command printed and its exit code. */
    private record Answer(int code, String out, String err) {
        String out(int expected) {
            assertEquals(expected, code, () -> out + err);
            return out;
        }
    }

    @Test
    void theClusterSaysHowItStandsAndDoesWhatItIsTold() throws Exception {
        try (NatsServer nats = NatsServer.start();
                ClusterScenario opened = new ClusterScenario(
                        folder,
                        Servers.of(nats, CassandraServer.shared()),
                        FabWeights.equal(CHAMBERS),
                        Duration.ofMillis(500))) {
            scenario = opened;
            Deployment deployment = scenario.deployment("d", "cluster.quietTime=1s");
            scenario.play(() -> {
                nobodyLeads();
                deployment.scale(MEMBERS).awaitComplete(LIMIT);
                scenario.feed.start();
                MapVersion first = scenario.awaitSteady(MEMBERS, LIMIT);
                statusOf(deployment);
                planned(first);
                pinnedAndRolledBack(first);
                cordoned();
                paused();
                drained();
                intended();
                exposed(scenario.watch.leadingPod(deployment.active()));
                ended(deployment);
            });
        }
    }

    private void nobodyLeads() {
        Answer status = cluster("status");
        assertTrue(status.out(1).startsWith("WRONG\n  nobody leads"), status.out());
        assertTrue(cluster("rebalance").err().contains("nobody leads the cluster now"));
    }

    private void statusOf(Deployment deployment) {
        String leading = scenario.watch.leader().id();
        Answer status = await("all is well", () -> cluster("status"), answer -> answer.code() == 0);
        assertTrue(status.out().startsWith("OK\n"), status.out());
        Pod leader = scenario.watch.leadingPod(deployment.active());
        assertTrue(
                status.out()
                        .matches("(?s).*\nleader    " + leading + " \\(" + leader.name()
                                + "\\), epoch \\d+, for \\d+ (s|min)\n.*"),
                status.out());
        assertTrue(status.out().matches("(?s).*\nmembers   3, 0 on standby\n.*"), status.out());
        assertTrue(status.out().matches("(?s).*\nbacklog   \\d+ waiting, \\d+ at work, .*"), status.out());
        assertTrue(status.out().contains("\nDECIDED LAST\n"), status.out());
        for (Pod pod : deployment.active()) {
            assertTrue(status.out().contains("  " + pod.name() + '\n'), status.out());
        }
        JsonObject json = new JsonObject(cluster("status", "--json").out(0));
        assertTrue(json.getJsonArray("wrong").isEmpty(), json::encode);
        assertTrue(cluster("decisions").out(0).contains(" leads with epoch "));
    }

    private void planned(MapVersion present) {
        String plan = cluster("plan", "--size", "4").out(0);
        assertTrue(plan.matches("(?s)4 members: \\d+ of 12 chambers would move .*"), plan);
        assertEquals(present.version(), scenario.watch.map().version(), "a dry run");
        Answer impossible = cluster("plan", "--size", "0");
        assertEquals(1, impossible.code());
        assertTrue(impossible.err().contains("size: expected 1 to"), impossible.err());
    }

    private void pinnedAndRolledBack(MapVersion first) {
        ChamberId chamber = first.owners().keySet().iterator().next();
        String owner = first.owners().get(chamber);
        String other = new TreeSet<>(first.members())
                .stream().filter(id -> !id.equals(owner)).findFirst().orElseThrow();
        cluster("pin", chamber.toString(), other).out(0);
        mapWhere(
                "the pinned chamber has moved", map -> other.equals(map.owners().get(chamber)));
        String why = await(
                        "the pin is in the log",
                        () -> cluster("explain", chamber.toString()),
                        answer -> answer.out().contains(", pinned: "))
                .out(0);
        assertTrue(why.contains("owner      " + other + '\n'), why);
        assertTrue(why.contains("pinned     to " + other + '\n'), why);
        cluster("unpin", chamber.toString()).out(0);
        String back = cluster("rollback", Long.toString(first.version())).out(0);
        assertTrue(back.contains("version " + first.version()), back);
        mapWhere("chambers are back", map -> map.owners().equals(first.owners()));
        assertEquals(1, cluster("rollback", "999").code());
        assertEquals(1, cluster("explain", "NOWHERE:X").code());
        assertEquals(2, cluster("explain", "no chamber at all").code());
    }

    private void cordoned() {
        String id = follower();
        cluster("cordon", id).out(0);
        String status = cluster("status").out(0);
        assertTrue(status.contains("cordoned [" + id + ']'), status);
        assertTrue(status.matches("(?s).*\n" + id + " .* cordoned .*"), status);
        cluster("uncordon", id).out(0);
        assertFalse(cluster("status").out(0).contains("cordoned"));
        assertEquals(1, cluster("cordon", "defender-99").code());
    }

    /** A member that doesn't lead. */
    private String follower() {
        return scenario.watch.map().members().stream()
                .filter(member -> !member.equals(scenario.watch.leader().id()))
                .findFirst()
                .orElseThrow();
    }

    private void paused() {
        cluster("pause").out(0);
        assertTrue(cluster("status").out(0).contains("operators paused"));
        Answer refused = cluster("rebalance");
        assertEquals(1, refused.code());
        assertTrue(refused.err().contains("rebalancing is paused, resume first"), refused.err());
        cluster("resume").out(0);
        cluster("rebalance").out(0);
    }

    private void drained() {
        String id = follower();
        cluster("drain", id).out(0);
        mapWhere("nothing is left with " + id, map -> !map.members().contains(id));
        String status = await(
                        "drained",
                        () -> cluster("status"),
                        answer -> answer.out().contains("nothing changes"))
                .out();
        assertTrue(status.matches("(?s).*\n" + id + " .* drained +0 .*"), status);
        cluster("uncordon", id).out(0);
        mapWhere(id + " has chambers again", map -> map.members().contains(id));
    }

    private void intended() {
        cluster("target", "4").out(0);
        Answer status = await("members are missing", () -> cluster("status"), answer -> answer.code() == 1);
        assertTrue(status.out().contains("WRONG\n  3 of 4 intended members are there\n    > "), status.out());
        assertTrue(status.out().contains("defender cluster target 3\n"), status.out());
        cluster("target", "0").out(0);
        await("all is well", () -> cluster("status"), answer -> answer.code() == 0);
    }

    /** Figures of the leader that have a source only while it plans. */
    private static void exposed(Pod leader) throws Exception {
        assertEquals(200, get(leader, "/health/startup").statusCode());
        String page = get(leader, "/metrics").body();
        for (String name : List.of(
                "defender_assignment_phase1_duration_seconds_count",
                "defender_assignment_phase2_duration_seconds_count",
                "defender_scaling_duration_seconds_count")) {
            assertTrue(page.matches("(?s).*\n" + name + " [1-9].*"), name);
        }
        for (String name : List.of(
                "defender_weight_rebalance_iterations",
                "defender_shutdowns_total",
                "defender_inflight_messages_at_shutdown",
                "defender_initialization_failures_total")) {
            assertTrue(page.matches("(?s).*\n" + name + " [0-9].*"), name);
        }
        List<String> unsound = new ArrayList<>(PrometheusTools.obtain().lint(page));
        unsound.removeAll(NAMED_BY_OTHERS);
        assertEquals(List.of(), unsound);
    }

    private void ended(Deployment deployment) {
        List<Pod> pods = deployment.active();
        deployment.scale(0).awaitComplete(LIMIT);
        for (Pod pod : pods) {
            String end = pod.child()
                    .output()
                    .lines()
                    .filter(line -> line.contains("\"stepMillis\""))
                    .findFirst()
                    .orElseThrow();
            Map<String, Object> steps =
                    new JsonObject(end).getJsonObject("stepMillis").getMap();
            List<String> names = new ArrayList<>(steps.keySet());
            names.remove("resign"); // who leads does so first
            assertEquals(List.of("drain", "release_id", "processing", "store", "broker"), names, end);
        }
    }

    private static HttpResponse<String> get(Pod pod, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + pod.port() + path))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private void mapWhere(String what, Predicate<MapVersion> condition) {
        scenario.watch.awaitMap(what, LIMIT, condition);
    }

    /** Asks again until the answer is as awaited. */
    private static Answer await(String what, java.util.function.Supplier<Answer> command, Predicate<Answer> awaited) {
        List<Answer> last = new ArrayList<>();
        boolean came = Await.within(LIMIT, () -> {
            last.clear();
            last.add(command.get());
            return awaited.test(last.get(0));
        });
        assertTrue(came, () -> what + ": " + last);
        return last.get(0);
    }

    private Answer cluster(String... arguments) {
        List<String> command = new ArrayList<>(List.of("cluster"));
        command.addAll(List.of(arguments));
        command.addAll(scenario.site.settings());
        command.addAll(List.of("--set", "logging.level=error", "--set", "logging.libraries=error"));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = DefenderCommand.run(
                command.toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(err, true));
        return new Answer(code, out.toString(), err.toString());
    }
}
