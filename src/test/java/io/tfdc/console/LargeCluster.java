package io.tfdc.console;

import java.time.Instant;
import java.util.Locale;
import java.util.Random;

/** Answers of the API about 30 members and 6,000 chambers, made up. */
final class LargeCluster {
    private static final int MEMBERS = 30;
    private static final int TOOLS = 2_000;
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final int MINUTES = 120;

    private LargeCluster() {}

    static String fleet() {
        StringBuilder json = new StringBuilder("{\"complete\":true,\"tools\":[");
        String[] worst = {"warning", "alarm", "critical"};
        for (int tool = 0; tool < TOOLS; tool++) {
            json.append(tool == 0 ? "" : ",")
                    .append(String.format(Locale.ROOT, "{\"tool\":\"ETCH-%04d\",\"chambers\":[", tool));
            for (int chamber = 0; chamber < 3; chamber++) {
                int dice = (tool * 7919 + chamber * 104729) % 97;
                json.append(chamber == 0 ? "" : ",")
                        .append("{\"chamber\":\"")
                        .append((char) ('A' + chamber))
                        .append("\",\"open\":");
                json.append(
                        dice < 6
                                ? "2,\"worst\":\"" + worst[dice % 3]
                                        + "\",\"rule\":\"etch.outside\",\"at\":\"2026-03-01T00:00:00Z\"}"
                                : "0}");
            }
            json.append("]}");
        }
        return json.append("]}").toString();
    }

    static String status() {
        StringBuilder members = new StringBuilder();
        for (int i = 0; i < MEMBERS; i++) {
            members.append(i == 0 ? "" : ",")
                    .append("{\"id\":\"defender-" + i + "\",\"pod\":\"defender-6f7-" + i
                            + "\",\"state\":\"stable\",\"leading\":" + (i == 3)
                            + ",\"silentMillis\":" + (i * 67 % 900) + ",\"chambers\":" + (192 + i % 17)
                            + ",\"weight\":" + (9_400_000 + i * 37_000) + ",\"verdict\":\"ok\"}");
        }
        return "{\"version\":41,\"chambers\":6000,\"leader\":{\"phase\":\"stable\",\"epoch\":6,\"activeMembers\":30,"
                + "\"intended\":30,\"standbys\":1,\"releasing\":0,\"windowMillis\":0},"
                + "\"operator\":{\"paused\":false,\"cordoned\":[]},\"members\":[" + members + "]}";
    }

    /** 40 decisions with a thousand moves each, as many as the API tells. */
    static String decisions() {
        StringBuilder json = new StringBuilder("{\"items\":[");
        for (int i = 0; i < 40; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"at\":\"" + NOW.minusSeconds(60L * i) + "\",\"version\":" + (41 - i)
                            + ",\"cause\":\"crash\",\"summary\":\"defender-7 is silent: its chambers go to others\",\"by\":\"\","
                            + "\"moved\":1000,\"moves\":[");
            for (int move = 0; move < 1_000; move++) {
                json.append(move == 0 ? "" : ",")
                        .append("{\"chamber\":\"ETCH-" + move + ":A\",\"from\":\"defender-7\",\"to\":\"defender-"
                                + move % MEMBERS + "\",\"reason\":\"orphan\"}");
            }
            json.append("]}");
        }
        return json.append("]}").toString();
    }

    /** Two hours with 2,000 states and 200 decisions: more than a bad day has. */
    static String timeline() {
        Random random = new Random(1);
        String[] states = {"stable", "scaling", "stable", "rebalancing", "stable", "degraded", "lost"};
        StringBuilder json = new StringBuilder("{\"from\":\"" + NOW.minusSeconds(60L * MINUTES) + "\",\"to\":\"" + NOW
                + "\",\"complete\":true,\"members\":[");
        int spans = 66;
        long step = 60L * MINUTES / spans;
        for (int i = 0; i < MEMBERS; i++) {
            json.append(i == 0 ? "" : ",").append("{\"member\":\"defender-" + i + "\",\"pod\":\"p\",\"spans\":[");
            for (int span = 0; span < spans; span++) {
                Instant from = NOW.minusSeconds(60L * MINUTES - span * step);
                json.append(span == 0 ? "" : ",")
                        .append("{\"from\":\"" + from + "\",\"to\":\"" + from.plusSeconds(step) + "\",\"state\":\""
                                + states[random.nextInt(states.length)] + "\",\"leading\":" + (i == span % MEMBERS)
                                + ",\"pod\":\"p\",\"version\":" + span + "}");
            }
            json.append("]}");
        }
        json.append("],\"decisions\":[");
        for (int i = 199; i >= 0; i--) {
            json.append(i == 199 ? "" : ",")
                    .append("{\"at\":\"" + NOW.minusSeconds(36L * i) + "\",\"epoch\":6,\"version\":" + (400 - i)
                            + ",\"cause\":\"" + (i % 9 == 0 ? "crash" : "scale") + "\",\"summary\":"
                            + "\"defender-7 is silent: its chambers go to others\",\"by\":\"\",\"moved\":" + i + "}");
        }
        return json.append("]}").toString();
    }
}
