package io.tfdc.api;

import io.tfdc.model.AlarmStatus;
import io.tfdc.model.DefenseEvent;
import io.tfdc.model.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Which alarms a list is to hold. */
record AlarmFilter(String tool, String chamber, Severity least, List<String> states, String mode, String rule) {
    static AlarmFilter of(Call call) {
        String tool = call.find("tool").orElse("");
        String chamber = call.find("chamber").orElse("");
        if (tool.isEmpty() && !chamber.isEmpty()) {
            throw Problem.invalid("query", "chamber", "expected together with tool");
        }
        return new AlarmFilter(
                tool,
                chamber,
                Severity.valueOf(call.find("severity").orElse("log").toUpperCase(Locale.ROOT)),
                call.find("state").map(text -> Arrays.asList(text.split(","))).orElse(List.of()),
                call.find("mode").orElse("active"),
                call.find("rule").orElse(""));
    }

    /** Whether the alarm fits, its status not looked at. */
    boolean fits(DefenseEvent event) {
        return (tool.isEmpty() || event.run().chamber().tool().equals(tool))
                && (chamber.isEmpty() || event.run().chamber().chamber().equals(chamber))
                && event.severity().compareTo(least) >= 0
                && (mode.equals("all") || AlarmJson.text(event.mode()).equals(mode))
                && (rule.isEmpty() || rule.equals(event.strategy() + '.' + event.rule()));
    }

    boolean fits(AlarmStatus status) {
        return states.isEmpty() || states.contains(AlarmJson.text(status.state()));
    }
}
