package io.tfdc.cli.console;

import static io.tfdc.cli.console.Words.number;
import static io.tfdc.cli.console.Words.text;

import io.tfdc.cli.terminal.Style;
import io.tfdc.cli.terminal.StyledLine;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** How things stand: fleet, rates, cluster, the worst chambers and the newest alarms. */
final class OverviewSheet implements Sheet {
    private static final int LABEL = 10;
    /** Headings and blanks between the parts. */
    private static final int BETWEEN = 4;

    /** A chamber with open alarms. */
    private record Chamber(String name, String worst, long open, String rule, String at) {
        int rank() {
            return Words.SEVERITIES.indexOf(worst);
        }
    }

    @Override
    public List<String> lines(Snapshot now, Rates rates, Pen pen) {
        List<String> lines = new ArrayList<>();
        lines.add(fleet(now, pen));
        node(now, rates, pen, lines);
        cluster(now, rates, pen, lines);
        int half = Math.max(3, (pen.room() - lines.size() - BETWEEN) / 2);
        lines.add("");
        lines.add(pen.line().add("worst chambers", Style.BOLD).toString());
        lines.addAll(worst(now, pen, half));
        lines.add("");
        lines.add(pen.line().add("newest alarms", Style.BOLD).toString());
        List<String> alarms = new AlarmsSheet().lines(now, rates, pen);
        lines.addAll(alarms.subList(0, Math.min(alarms.size(), Math.max(3, pen.room() - lines.size()))));
        return lines;
    }

    private static String fleet(Snapshot now, Pen pen) {
        StyledLine line = label(pen, "fleet");
        if (now.find(Topic.FLEET).isEmpty()) {
            return line.add(now.problems().getOrDefault(Topic.FLEET, ""), Style.ALARM)
                    .toString();
        }
        long[] count = new long[Words.SEVERITIES.size()];
        long chambers = 0;
        List<JsonObject> tools = now.list(Topic.FLEET, "tools");
        for (JsonObject tool : tools) {
            for (JsonObject chamber : Snapshot.objects(tool, "chambers")) {
                chambers++;
                int worst = Words.SEVERITIES.indexOf(text(chamber, "worst"));
                if (worst >= 0) {
                    count[worst]++;
                }
            }
        }
        line.add(Words.plural(chambers, "chamber") + " of " + Words.plural(tools.size(), "tool") + "  ");
        for (int i = count.length - 1; i > 0; i--) {
            String severity = Words.SEVERITIES.get(i);
            line.add(count[i] + " " + severity, count[i] > 0 ? Words.style(severity) : Style.DIM)
                    .add("  ");
        }
        return line.toString();
    }

    private static void node(Snapshot now, Rates rates, Pen pen, List<String> lines) {
        now.find(Topic.NODE).ifPresent(node -> {
            String id = text(node, "defenderId");
            StyledLine line = label(pen, "process")
                    .add((id.isEmpty() ? text(node, "podName") : id) + "  ", Style.BOLD)
                    .add(text(node, "state") + (Words.flag(node, "isLeader") ? ", leads" : ""))
                    .add("  " + Words.rate(rates.node()) + " runs/s")
                    .add("  " + number(node, "inFlight") + " in work")
                    .add(String.format(Locale.ROOT, "  cache %.1f %%", 100 * Words.real(node, "cacheHitRate")));
            long dead = number(node, "deadLettered");
            line.add("  " + Words.plural(dead, "dead letter"), dead > 0 ? Style.WARNING : Style.PLAIN);
            lines.add(line.toString());
            if (!text(node, "paused").isEmpty()) {
                lines.add(label(pen, "")
                        .add("paused: " + text(node, "paused"), Style.ALARM)
                        .toString());
            }
        });
    }

    private static void cluster(Snapshot now, Rates rates, Pen pen, List<String> lines) {
        StyledLine line = label(pen, "cluster");
        if (now.find(Topic.CLUSTER).isEmpty()) {
            lines.add(line.add(now.problems().getOrDefault(Topic.CLUSTER, ""), Style.DIM)
                    .toString());
            return;
        }
        JsonObject cluster = now.find(Topic.CLUSTER).get();
        JsonObject leader = cluster.getJsonObject("leader", new JsonObject());
        String leads = now.list(Topic.CLUSTER, "members").stream()
                .filter(member -> Words.flag(member, "leading"))
                .map(member -> text(member, "id"))
                .findFirst()
                .orElse("nobody");
        long active = number(leader, "activeMembers");
        long intended = number(leader, "intended");
        line.add(text(leader, "phase"), text(leader, "phase").equals("stable") ? Style.GOOD : Style.WARNING)
                .add("  " + leads + " leads")
                .add(
                        "  " + Words.plural(active, "member") + (intended > 0 ? " of " + intended : ""),
                        active < intended ? Style.ALARM : Style.PLAIN)
                .add("  " + number(leader, "standbys") + " standby")
                .add("  " + Words.rate(rates.cluster()) + " runs/s");
        lines.add(line.toString());
        StyledLine more = label(pen, "")
                .add("map v" + number(cluster, "version") + ", epoch " + number(leader, "epoch"))
                .add("  " + Words.plural(number(cluster, "chambers"), "chamber"));
        long moving = number(leader, "releasing");
        more.add("  " + moving + " on the move", moving > 0 ? Style.WARNING : Style.PLAIN);
        if (Words.flag(leader, "deaf")) {
            more.add("  the leader does not hear itself", Style.ALARM);
        }
        lines.add(more.toString());
    }

    private static List<String> worst(Snapshot now, Pen pen, int most) {
        List<Chamber> open = new ArrayList<>();
        for (JsonObject tool : now.list(Topic.FLEET, "tools")) {
            for (JsonObject one : Snapshot.objects(tool, "chambers")) {
                if (Words.SEVERITIES.contains(text(one, "worst"))) {
                    open.add(new Chamber(
                            text(tool, "tool") + ':' + text(one, "chamber"),
                            text(one, "worst"),
                            number(one, "open"),
                            text(one, "rule"),
                            text(one, "at")));
                }
            }
        }
        if (open.isEmpty()) {
            return List.of(pen.line().add("  none", Style.DIM).toString());
        }
        open.sort(Comparator.comparing(Chamber::rank)
                .thenComparing(Chamber::open)
                .reversed()
                .thenComparing(Chamber::name));
        return open.stream()
                .limit(most)
                .map(chamber -> pen.line()
                        .add("  ")
                        .add(chamber.worst, Words.style(chamber.worst))
                        .to(12)
                        .add(chamber.name + " ", Style.BOLD)
                        .to(30)
                        .add(chamber.open + " open")
                        .to(40)
                        .add(chamber.rule)
                        .toString())
                .toList();
    }

    private static StyledLine label(Pen pen, String label) {
        return pen.line().add(label, Style.DIM).to(LABEL);
    }
}
