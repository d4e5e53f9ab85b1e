package io.tfdc.cli.console;

import static io.tfdc.cli.console.Words.text;

import io.tfdc.cli.terminal.Style;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What leaders decided lately, newest first. */
final class DecisionsSheet implements Sheet {
    @Override
    public List<String> lines(Snapshot now, Rates rates, Pen pen) {
        List<JsonObject> decisions = now.list(Topic.DECISIONS, "items");
        if (decisions.isEmpty()) {
            String why = now.problems().getOrDefault(Topic.DECISIONS, "none recorded");
            return List.of(pen.line().add("  " + why, Style.DIM).toString());
        }
        return decisions.stream()
                .map(decision -> {
                    String by = text(decision, "by");
                    return pen.line()
                            .add("  " + Words.age(text(decision, "at"), now.at()) + " ", Style.DIM)
                            .to(10)
                            .add(
                                    "v" + Words.number(decision, "version") + " " + text(decision, "cause") + " ",
                                    Style.BOLD)
                            .to(26)
                            .add(text(decision, "summary") + (by.isEmpty() ? "" : " (by " + by + ')'))
                            .toString();
                })
                .toList();
    }
}
