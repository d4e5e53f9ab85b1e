package io.tfdc.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.cli.console.ConsoleScreen.Wish;
import io.tfdc.cli.terminal.Key;
import io.tfdc.cli.terminal.Key.Kind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConsoleScreenTest {
    private static final String ESCAPES = "\u001b\\[[0-9;]*m";
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private static Snapshot snapshot(int seconds, int members) {
        JsonArray tools = new JsonArray();
        JsonArray alarms = new JsonArray();
        for (int i = 0; i < 40; i++) {
            JsonObject bad = new JsonObject()
                    .put("chamber", "B")
                    .put("open", i)
                    .put("worst", i % 7 == 0 ? "critical" : "warning")
                    .put("rule", "etch.outside")
                    .put("at", NOW.toString());
            tools.add(new JsonObject()
                    .put("tool", "ETCH-" + i)
                    .put(
                            "chambers",
                            new JsonArray()
                                    .add(new JsonObject().put("chamber", "A").put("open", 0))
                                    .add(bad)));
            alarms.add(new JsonObject()
                    .put("severity", "alarm")
                    .put("tool", "ETCH-" + i)
                    .put("chamber", "B")
                    .put("raisedAt", NOW.minusSeconds(i).toString())
                    .put("rule", "outside")
                    .put("reason", "RF power \u001b[2J\u0007is too high")
                    .put("status", new JsonObject().put("state", i % 2 == 0 ? "raised" : "acknowledged")));
        }
        JsonArray rows = new JsonArray();
        for (int i = 0; i < members; i++) {
            rows.add(new JsonObject()
                    .put("id", "defender-" + i)
                    .put("pod", "pod-" + i)
                    .put("state", "stable")
                    .put("leading", i == 3)
                    .put("silentMillis", i == 5 ? 7_000 : 400)
                    .put("chambers", 200)
                    .put("weight", 1_000 + i)
                    .put("processed", seconds * (i + 1))
                    .put("verdict", i == 5 ? "suspect" : "ok"));
        }
        JsonObject cluster = new JsonObject()
                .put("version", 41)
                .put("chambers", 6_000)
                .put("members", rows)
                .put(
                        "leader",
                        new JsonObject()
                                .put("phase", "stable")
                                .put("epoch", 6)
                                .put("activeMembers", members)
                                .put("intended", 30)
                                .put("standbys", 1)
                                .put("releasing", 2));
        JsonObject decision = new JsonObject()
                .put("at", NOW.minusSeconds(90).toString())
                .put("version", 41)
                .put("cause", "crash")
                .put("summary", "defender-7 is silent: its 80 chambers go to others");
        return new Snapshot(
                "http://10.0.0.1:8080",
                NOW.plusSeconds(seconds),
                seconds * 1_000_000_000L,
                Map.of(
                        Topic.WHO,
                        new JsonObject().put("name", "kim"),
                        Topic.NODE,
                        new JsonObject()
                                .put("defenderId", "defender-3")
                                .put("state", "stable")
                                .put("isLeader", true)
                                .put("messagesProcessed", 100 * seconds)
                                .put("inFlight", 4)
                                .put("cacheHitRate", 0.991)
                                .put("deadLettered", 2),
                        Topic.FLEET,
                        new JsonObject().put("tools", tools),
                        Topic.ALARMS,
                        new JsonObject().put("items", alarms),
                        Topic.CLUSTER,
                        cluster,
                        Topic.DECISIONS,
                        new JsonObject().put("items", new JsonArray().add(decision))),
                Map.of());
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines);
    }

    private static Key key(char character) {
        return new Key(Kind.CHARACTER, character);
    }

    @Test
    void noLineIsWiderAndNoPageHigherThanTheTerminal() {
        for (int[] size : new int[][] {{80, 24}, {40, 10}, {200, 60}}) {
            for (char page = '1'; page <= '4'; page++) {
                ConsoleScreen screen = new ConsoleScreen(true);
                screen.press(key(page));
                List<String> lines = screen.lines(snapshot(10, 30), Optional.empty(), "", size[0], size[1]);
                assertEquals(size[1], lines.size());
                for (String line : lines) {
                    int columns = line.replaceAll(ESCAPES, "").length();
                    assertTrue(columns <= size[0], size[0] + " columns, page " + page + ": " + columns + ": " + line);
                }
            }
        }
    }

    @Test
    void theFirstPageTellsWhatMattersIn80By24() {
        String screen =
                text(new ConsoleScreen(false).lines(snapshot(12, 28), Optional.of(snapshot(10, 28)), "", 80, 24));
        for (String expected : List.of(
                "kim",
                "80 chambers of 40 tools  6 critical  0 alarm  34 warning",
                "defender-3  stable, leads  100.0 runs/s  4 in work  cache 99.1 %",
                "stable  defender-3 leads  28 members of 30  1 standby  406.0 runs/s",
                "map v41, epoch 6  6,000 chambers  2 on the move",
                "critical  ETCH-35:B",
                "alarm     ETCH-0:B",
                "1 overview 2 alarms 3 members 4 decisions")) {
            assertTrue(screen.contains(expected), () -> "expected " + expected + " in\n" + screen);
        }
    }

    @Test
    void whatOthersWroteReachesTheTerminalWithoutControlCharacters() {
        ConsoleScreen screen = new ConsoleScreen(false);
        screen.press(key('2'));
        String alarms = text(screen.lines(snapshot(10, 30), Optional.empty(), "", 120, 24));
        assertTrue(alarms.contains("outside: RF power  [2J is too high"), alarms);
        assertFalse(alarms.contains("\u001b"), alarms);
        assertFalse(alarms.contains("\u0007"), alarms);
    }

    @Test
    void keysTurnPagesAndScroll() {
        ConsoleScreen screen = new ConsoleScreen(false);
        Snapshot now = snapshot(10, 30);
        assertEquals(Wish.NOTHING, screen.press(key('3')));
        String members = text(screen.lines(now, Optional.of(snapshot(8, 30)), "", 80, 24));
        assertTrue(members.contains("defender-3 *"), members);
        assertTrue(members.contains("1-21 of 31"), members);
        assertFalse(members.contains("defender-29"), members);
        screen.press(new Key(Kind.END, (char) 0));
        String end = text(screen.lines(now, Optional.empty(), "", 80, 24));
        assertTrue(end.contains("defender-29") && end.contains("11-31 of 31"), end);
        screen.press(new Key(Kind.UP, (char) 0));
        assertTrue(text(screen.lines(now, Optional.empty(), "", 80, 24)).contains("10-30 of 31"));
        screen.press(new Key(Kind.TAB, (char) 0));
        String decisions = text(screen.lines(now, Optional.empty(), "", 80, 24));
        assertTrue(decisions.contains("100 s") || decisions.contains("1 min"), decisions);
        assertTrue(decisions.contains("v41 crash"), decisions);
        assertEquals(Wish.REFRESH, screen.press(key('r')));
        assertEquals(Wish.QUIT, screen.press(key('q')));
    }

    @Test
    void troubleIsSaidInTheTitleWhileTheLastPictureStays() {
        String screen =
                text(new ConsoleScreen(false).lines(snapshot(10, 30), Optional.empty(), "connection refused", 80, 24));
        assertTrue(screen.contains("not up to date: connection refused"), screen);
        assertTrue(screen.contains("80 chambers of 40 tools"), screen);
    }

    @Test
    void withoutAClusterOrARoleThePagesSayWhy() {
        Snapshot bare = new Snapshot(
                "http://10.0.0.1:8080",
                NOW,
                0,
                Map.of(),
                Map.of(
                        Topic.WHO, "not signed in",
                        Topic.FLEET, "not signed in",
                        Topic.ALARMS, "not signed in",
                        Topic.CLUSTER, "this process does not belong to a cluster",
                        Topic.DECISIONS, "this process does not belong to a cluster"));
        String whole = text(ConsoleScreen.whole(bare, Optional.empty(), 120));
        assertTrue(whole.contains("not signed in"), whole);
        assertTrue(whole.contains("this process does not belong to a cluster"), whole);
    }
}
