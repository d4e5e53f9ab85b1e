package io.tfdc.api;

import static io.tfdc.api.ApiSite.FAULTY;
import static io.tfdc.api.ApiSite.GOOD;
import static io.tfdc.api.ApiSite.RUNS;
import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.testing.SampleStrategy;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the API answers about a system that has judged some runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiTest {
    private static final String MEAN = "Svid000/run/mean";
    private ApiSite site;

    @BeforeAll
    void start(@TempDir Path folder) {
        site = new ApiSite(folder).fed();
    }

    @AfterAll
    void close() {
        site.close();
    }

    @Test
    void statusAssignmentsAndCache() {
        eventually("counted", () -> get("/api/v1/status").getLong("messagesProcessed") == 2 * RUNS);
        JsonObject status = get("/api/v1/status");
        assertEquals("defender-3", status.getString("defenderId"));
        assertEquals(2, status.getInteger("assignedChambers"));
        assertEquals(7, status.getInteger("assignmentVersion"));
        assertEquals(
                List.of("TOOL-1:A", "TOOL-1:B"),
                get("/api/v1/assignments").getJsonArray("chambers").getList());
        assertTrue(get("/api/v1/cache/stats").getDouble("hitRate") > 0.5);
        assertEquals(
                List.of("engineer", "viewer"),
                site.get(Role.ENGINEER, "/api/v1/whoami")
                        .json()
                        .getJsonArray("roles")
                        .getList());
    }

    @Test
    void probesFollowTheChecks() {
        assertEquals(200, site.get(null, "/health/ready").status());
        site.ready.set(false);
        assertEquals(503, site.get(null, "/health/ready").status());
        assertEquals(200, site.get(null, "/health/live").status());
        site.ready.set(true);
    }

    @Test
    void aUChartComesWithItsLimitsAlarmsAndLabels() {
        JsonObject groups = get("/api/v1/chambers/TOOL-1/B/charts");
        JsonObject group = groups.getJsonArray("groups").getJsonObject(0);
        assertTrue(group.getJsonArray("indicators").contains(MEAN));
        JsonObject chart = points(group.getString("group"), "");
        assertEquals(RUNS, chart.getJsonArray("points").size());
        JsonObject last = chart.getJsonArray("points").getJsonObject(RUNS - 1);
        assertTrue(last.getDouble("value") > 110, last.encode());
        assertEquals("R1", last.getJsonObject("labels").getString("recipe"));
        JsonObject limits = chart.getJsonArray("limits").getJsonObject(0);
        assertEquals(1, limits.getInteger("version"));
        assertTrue(limits.getDouble("ucl") < last.getDouble("value"));
        List<String> rules = new ArrayList<>();
        chart.getJsonArray("alarms").forEach(alarm -> rules.add(((JsonObject) alarm).getString("rule")));
        assertTrue(rules.containsAll(List.of("sample.outside", "sample.twice")), rules.toString());
        JsonObject page = points(group.getString("group"), "&limit=5&before=" + last.getString("end"));
        assertEquals(5, page.getJsonArray("points").size());
        assertNotEquals(last, page.getJsonArray("points").getJsonObject(4));
        assertEquals(
                404, site.get(Role.VIEWER, "/api/v1/chambers/TOOL-1/X/charts").status());
    }

    private JsonObject points(String group, String more) {
        return get("/api/v1/chambers/TOOL-1/B/points?group=" + URLEncoder.encode(group, StandardCharsets.UTF_8)
                + "&indicator=" + MEAN + more);
    }

    @Test
    void aTraceIsThinnedAndKeepsItsExtremes() {
        String path = "/api/v1/runs/TOOL-1/B/" + ApiSite.SAMPLES.id(FAULTY, 3).context() + "/trace";
        JsonObject names = get(path);
        assertEquals(5, names.getJsonArray("svids").size());
        assertEquals(3, names.getJsonArray("steps").size());
        assertEquals(0, names.getJsonArray("series").size());
        JsonObject whole =
                get(path + "?svid=Svid000,Svid001").getJsonArray("series").getJsonObject(0);
        assertEquals(60, whole.getJsonArray("v").size());
        JsonObject thin =
                get(path + "?svid=Svid000&points=12").getJsonArray("series").getJsonObject(0);
        assertTrue(thin.getJsonArray("v").size() <= 12);
        assertEquals(max(whole.getJsonArray("v")), max(thin.getJsonArray("v")));
        assertEquals(400, site.get(Role.VIEWER, path + "?svid=Nothing").status());
        assertEquals(
                404,
                site.get(Role.VIEWER, "/api/v1/runs/TOOL-1/B/ctx_none/trace").status());
    }

    private static double max(JsonArray values) {
        return values.stream()
                .mapToDouble(value -> ((Number) value).doubleValue())
                .max()
                .orElseThrow();
    }

    @Test
    void alarmsArePagedWithoutGapsOrDoubles() {
        List<Object> whole =
                get("/api/v1/alarms?mode=all").getJsonArray("items").getList();
        assertTrue(whole.size() >= 4, whole.toString());
        List<String> paged = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            JsonObject page = get("/api/v1/alarms?mode=all&limit=1"
                    + cursor.map(next -> "&cursor=" + next).orElse(""));
            page.getJsonArray("items").forEach(row -> paged.add(((JsonObject) row).getString("id")));
            cursor = Optional.ofNullable(page.getString("next"));
        } while (cursor.isPresent());
        assertEquals(
                get("/api/v1/alarms?mode=all").getJsonArray("items").stream()
                        .map(row -> ((JsonObject) row).getString("id"))
                        .toList(),
                paged);
        assertEquals(paged.size(), new HashSet<>(paged).size());
        assertEquals(
                0,
                get("/api/v1/alarms?tool=TOOL-1&chamber=A&severity=critical")
                        .getJsonArray("items")
                        .size());
        assertEquals(400, site.get(Role.VIEWER, "/api/v1/alarms?chamber=A").status());
        assertEquals(400, site.get(Role.VIEWER, "/api/v1/alarms?cursor=abc").status());
        assertEquals(
                400,
                site.get(Role.VIEWER, "/api/v1/alarms?from=2020-01-01T00:00:00Z&to=2026-01-01T00:00:00Z")
                        .status());
    }

    @Test
    void anAlarmIsWorkedOn() {
        JsonObject row =
                get("/api/v1/alarms?severity=critical").getJsonArray("items").getJsonObject(0);
        String path = "/api/v1/alarms/" + row.getString("id");
        String at = "?raisedAt=" + row.getString("raisedAt");
        ApiSite.Answer seen = site.get(Role.VIEWER, path + at);
        assertFalse(seen.json().getJsonArray("evidence").isEmpty());
        ApiSite.Answer acknowledged = site.post(
                Role.OPERATOR,
                path + "/notes" + at,
                note("acknowledge").put("key", "k1"),
                "If-Match",
                seen.header("ETag"));
        assertEquals("acknowledged", state(acknowledged));
        assertEquals("the operator", acknowledged.json().getJsonObject("status").getString("by"));
        ApiSite.Answer again = site.post(
                Role.OPERATOR, path + "/notes" + at, note("acknowledge").put("key", "k1"));
        assertEquals(1, again.json().getJsonArray("notes").size(), "the same key changes nothing");
        assertEquals(
                412,
                site.post(
                                Role.ENGINEER,
                                path + "/notes" + at,
                                note("comment").put("text", "x"),
                                "If-Match",
                                seen.header("ETag"))
                        .status());
        assertEquals(
                409,
                site.post(Role.ENGINEER, path + "/notes" + at, note("acknowledge"))
                        .status());
        assertEquals(
                409,
                site.post(Role.ENGINEER, path + "/notes" + at, note("close")).status());
        assertEquals(
                400,
                site.post(Role.ENGINEER, path + "/notes" + at, note("shelve")).status());
        JsonObject shelf =
                note("shelve").put("until", Instant.now().plusSeconds(3600).toString());
        assertEquals("shelved", state(site.post(Role.ENGINEER, path + "/notes" + at, shelf)));
        assertEquals("acknowledged", state(site.post(Role.ENGINEER, path + "/notes" + at, note("unshelve"))));
        assertEquals(
                "closed",
                state(site.post(
                        Role.ENGINEER, path + "/notes" + at, note("close").put("text", "nozzle"))));
        JsonObject whole = site.get(Role.VIEWER, path + at).json();
        assertEquals(
                List.of("acknowledge", "shelve", "unshelve", "close"),
                whole.getJsonArray("notes").stream()
                        .map(note -> ((JsonObject) note).getString("kind"))
                        .toList());
        assertTrue(get("/api/v1/alarms?state=closed").encode().contains(row.getString("id")));
        assertFalse(get("/api/v1/alarms?state=raised").encode().contains(row.getString("id")));
        assertTrue(
                await(site.store.chamberEvents(FAULTY, Instant.EPOCH, Instant.parse("2030-01-01T00:00:00Z"))).stream()
                        .anyMatch(event -> event.type().equals("ack")),
                "the strategy is told");
        assertEquals(404, site.get(Role.VIEWER, "/api/v1/alarms/A:B:c:s.r" + at).status());
    }

    private static JsonObject note(String kind) {
        return new JsonObject().put("kind", kind);
    }

    private static String state(ApiSite.Answer answer) {
        assertEquals(200, answer.status(), answer.text());
        return answer.json().getJsonObject("status").getString("state");
    }

    @Test
    void theFleetShowsWhereItHurts() {
        ApiSite.Answer answer = site.get(Role.VIEWER, "/api/v1/fleet?hours=48");
        JsonArray chambers =
                answer.json().getJsonArray("tools").getJsonObject(0).getJsonArray("chambers");
        assertEquals("A", chambers.getJsonObject(0).getString("chamber"));
        assertTrue(chambers.getJsonObject(1).getInteger("open") > 0, answer.text());
        ApiSite.Answer same = site.call(
                Role.VIEWER,
                "GET",
                "/api/v1/fleet?hours=48",
                Optional.empty(),
                Map.of("If-None-Match", answer.header("ETag")));
        assertEquals(304, same.status());
        JsonObject first = get("/api/v1/chambers?limit=1");
        assertEquals("A", first.getJsonArray("items").getJsonObject(0).getString("chamber"));
        JsonObject second = get("/api/v1/chambers?limit=1&cursor=" + first.getString("next"));
        assertEquals("B", second.getJsonArray("items").getJsonObject(0).getString("chamber"));
        assertFalse(second.containsKey("next"));
    }

    @Test
    void aStrategyIsCheckedBackTestedStoredActivatedAndRolledBack() {
        String looser = SampleStrategy.YAML.replace("version: 1", "version: 2").replace("abs: 0.5", "abs: 50");
        ApiSite.Answer broken = site.post(
                Role.VIEWER,
                "/api/v1/strategies/validate",
                new JsonObject().put("yaml", looser.replace("lambda: 0.2", "lambda: 7")));
        assertEquals(422, broken.status(), broken.text());
        assertTrue(
                broken.json()
                        .getJsonArray("errors")
                        .getJsonObject(0)
                        .getString("at")
                        .matches("\\d+:\\d+"),
                broken.text());
        assertEquals(
                200,
                site.post(Role.VIEWER, "/api/v1/strategies/validate", new JsonObject().put("yaml", looser))
                        .status());

        ApiSite.Answer job = site.post(
                Role.ENGINEER,
                "/api/v1/backtests",
                new JsonObject().put("yaml", looser).put("severity", "alarm"));
        assertEquals(202, job.status(), job.text());
        String jobPath = "/api/v1/backtests/" + job.json().getString("job");
        eventually("back-test", () -> get(jobPath).getString("state").equals("done"));
        JsonObject result = get(jobPath).getJsonObject("result");
        assertEquals(2 * RUNS, result.getJsonObject("candidate").getInteger("runs"));
        assertEquals(0, result.getJsonObject("candidate").getInteger("alarmed"));
        assertTrue(result.getJsonObject("inForce").getInteger("alarmed") >= 2, result.encode());
        assertEquals(
                result.getJsonObject("inForce").getInteger("alarmed"),
                result.getJsonArray("noLonger").size());

        assertEquals(
                201,
                site.post(Role.ENGINEER, "/api/v1/strategies/sample/versions", new JsonObject().put("yaml", looser))
                        .status());
        assertEquals(
                409,
                site.post(
                                Role.ENGINEER,
                                "/api/v1/strategies/sample/versions",
                                new JsonObject().put("yaml", looser + "# other\n"))
                        .status());
        ApiSite.Answer before = site.get(Role.VIEWER, "/api/v1/strategies/sample");
        assertEquals(1, before.json().getInteger("inForce"), "stored is not in force");
        JsonObject two = new JsonObject().put("version", 2).put("reason", "too loud");
        Optional<String> body = Optional.of(two.encode());
        String activation = "/api/v1/strategies/sample/activation";
        assertEquals(
                428, site.call(Role.ENGINEER, "PUT", activation, body, Map.of()).status());
        assertEquals(
                412,
                site.call(Role.ENGINEER, "PUT", activation, body, Map.of("If-Match", "\"old\""))
                        .status());
        ApiSite.Answer active =
                site.call(Role.ENGINEER, "PUT", activation, body, Map.of("If-Match", before.header("ETag")));
        assertEquals(2, active.json().getInteger("inForce"), active.text());
        assertEquals(2, inForce());
        assertEquals(looser, get("/api/v1/strategies/sample/versions/2").getString("yaml"));
        ApiSite.Answer back = site.call(
                Role.ENGINEER,
                "POST",
                "/api/v1/strategies/sample/rollback",
                Optional.empty(),
                Map.of("If-Match", active.header("ETag")));
        assertEquals(1, back.json().getInteger("inForce"), back.text());
        assertEquals(1, inForce());
    }

    private int inForce() {
        return get("/api/v1/strategies")
                .getJsonArray("inForce")
                .getJsonObject(0)
                .getInteger("version");
    }

    @Test
    void aDeadLetterIsReplayed() {
        byte[] rubbish = "rubbish".getBytes(StandardCharsets.UTF_8);
        await(site.notifications.publish("dc.TOOL-1.A.completed", rubbish, "rubbish-1", Map.of()));
        eventually("dead letter", () -> !letters().isEmpty());
        JsonObject letter = letters().getJsonObject(0);
        assertEquals("rubbish", letter.getString("payload"));
        long sequence = letter.getLong("sequence");
        assertEquals(
                200,
                site.post(Role.OPERATOR, "/api/v1/dead-letters/" + sequence + "/replay", new JsonObject())
                        .status());
        eventually(
                "dead again",
                () -> !letters().isEmpty() && letters().getJsonObject(0).getLong("sequence") > sequence);
        String path = "/api/v1/dead-letters/" + letters().getJsonObject(0).getLong("sequence");
        assertEquals(
                200,
                site.call(Role.OPERATOR, "DELETE", path, Optional.empty(), Map.of())
                        .status());
        assertEquals(
                404,
                site.call(Role.OPERATOR, "DELETE", path, Optional.empty(), Map.of())
                        .status());
    }

    private JsonArray letters() {
        return site.get(Role.OPERATOR, "/api/v1/dead-letters").json().getJsonArray("items");
    }

    @Test
    void withoutAClusterItsOperationsAreNotAvailable() {
        assertEquals(503, site.get(Role.VIEWER, "/api/v1/cluster").status());
        assertEquals(503, site.get(Role.VIEWER, "/api/v1/cluster/plan?size=45").status());
        assertEquals(
                400,
                site.post(Role.OPERATOR, "/api/v1/cluster/commands", new JsonObject().put("command", "drain"))
                        .status());
    }

    @Test
    void administratorsLookInside() {
        assertTrue(site.get(Role.ADMIN, "/api/v1/diagnostics/threads").text().contains("vert.x-eventloop-thread"));
        ApiSite.Answer recording = site.post(Role.ADMIN, "/api/v1/diagnostics/recording?seconds=1", new JsonObject());
        assertEquals(200, recording.status());
        assertEquals("FLR", new String(recording.response().body(), 0, 3, StandardCharsets.ISO_8859_1));
        assertEquals(
                200,
                site.post(Role.ADMIN, "/api/v1/bus/messages", message("echo")).status());
        assertEquals(
                403,
                site.post(Role.ADMIN, "/api/v1/bus/messages", message("processing.stats"))
                        .status());
        assertEquals(GOOD.tool(), FAULTY.tool());
    }

    private static JsonObject message(String address) {
        return new JsonObject().put("address", address).put("body", new JsonObject().put("a", 1));
    }

    private JsonObject get(String path) {
        ApiSite.Answer answer = site.get(Role.VIEWER, path);
        assertEquals(200, answer.status(), path + ": " + answer.text());
        return answer.json();
    }
}
