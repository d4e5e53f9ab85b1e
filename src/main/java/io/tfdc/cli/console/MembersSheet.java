package io.tfdc.cli.console;

import static io.tfdc.cli.console.Words.number;
import static io.tfdc.cli.console.Words.text;

import io.tfdc.cli.terminal.Style;
import io.tfdc.cli.terminal.StyledLine;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Who is in the cluster. */
final class MembersSheet implements Sheet {
    private static final int BAR = 10;
    private static final long SILENT_MILLIS = 4_000;

    @Override
    public List<String> lines(Snapshot now, Rates rates, Pen pen) {
        List<JsonObject> members = now.list(Topic.CLUSTER, "members");
        if (members.isEmpty()) {
            String why = now.problems().getOrDefault(Topic.CLUSTER, "no members");
            return List.of(pen.line().add("  " + why, Style.DIM).toString());
        }
        long heaviest = Math.max(
                1,
                members.stream().mapToLong(one -> number(one, "weight")).max().orElse(1));
        List<String> lines = new ArrayList<>();
        lines.add(row(pen, "member", "state", "verdict", "chambers", "weight", "runs/s", "heard", Style.DIM)
                .toString());
        for (JsonObject member : members) {
            String id = text(member, "id");
            String verdict = text(member, "verdict");
            long silent = number(member, "silentMillis");
            boolean ill = silent > SILENT_MILLIS
                    || !List.of("ok", "standby", "draining").contains(verdict);
            int bar = (int) Math.round(BAR * (double) number(member, "weight") / heaviest);
            lines.add(row(
                            pen,
                            (id.isEmpty() ? "standby" : id) + (Words.flag(member, "leading") ? " *" : ""),
                            text(member, "state"),
                            verdict,
                            Words.count(number(member, "chambers")),
                            "#".repeat(Math.max(0, Math.min(BAR, bar))),
                            Words.rate(rates.pod(text(member, "pod"))),
                            Words.seconds(silent),
                            ill ? Style.ALARM : Style.PLAIN)
                    .toString());
        }
        return lines;
    }

    private static StyledLine row(
            Pen pen,
            String member,
            String state,
            String verdict,
            String chambers,
            String weight,
            String rate,
            String heard,
            Style style) {
        return pen.line()
                .add("  " + cell(member, 15) + cell(state, 14) + cell(verdict, 10), style)
                .add(String.format("%8s  ", chambers), style)
                .add(cell(weight, BAR + 1), style)
                .add(String.format("%8s %8s", rate, heard), style);
    }

    private static String cell(String text, int width) {
        String cut = text.length() >= width ? text.substring(0, width - 1) : text;
        return cut + " ".repeat(width - cut.length());
    }
}
