package io.tfdc.cli.console;

import static io.tfdc.cli.console.Words.text;

import io.tfdc.cli.terminal.Style;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Open alarms, newest first. */
final class AlarmsSheet implements Sheet {
    @Override
    public List<String> lines(Snapshot now, Rates rates, Pen pen) {
        List<JsonObject> alarms = now.list(Topic.ALARMS, "items");
        if (alarms.isEmpty()) {
            String why = now.problems().getOrDefault(Topic.ALARMS, "none open");
            return List.of(pen.line().add("  " + why, Style.DIM).toString());
        }
        return alarms.stream().map(alarm -> line(alarm, pen)).toList();
    }

    private static String line(JsonObject alarm, Pen pen) {
        String severity = text(alarm, "severity");
        String raised = text(alarm, "raisedAt");
        JsonObject status = alarm.getJsonObject("status", new JsonObject());
        boolean seen = text(status, "state").equals("acknowledged");
        return pen.line()
                .add("  ")
                .add(severity, Words.style(severity))
                .to(12)
                .add(text(alarm, "tool") + ':' + text(alarm, "chamber") + ' ', Style.BOLD)
                .to(30)
                .add(raised.length() >= 19 ? raised.substring(5, 19).replace('T', ' ') : raised, Style.DIM)
                .add(seen ? " seen " : " ")
                .add(text(alarm, "rule") + ": " + text(alarm, "reason"))
                .toString();
    }
}
