package io.tfdc.cli.backtest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tfdc.model.DefenseEvent;
import io.tfdc.model.RunId;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Prints results for machines: one object. */
public final class BacktestJson {
    private BacktestJson() {}

    public static void print(PrintWriter out, List<BacktestResult> results) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeArrayFieldStart("results");
            for (BacktestResult result : results) {
                result(json, result);
            }
            json.writeEndArray();
            if (results.size() == 2) {
                json.writeObjectFieldStart("difference");
                only(json, "onlyFirst", results.get(0), results.get(1));
                only(json, "onlySecond", results.get(1), results.get(0));
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        out.println();
    }

    private static void result(JsonGenerator json, BacktestResult result) throws IOException {
        json.writeStartObject();
        json.writeStringField("strategy", result.name());
        json.writeNumberField("runs", result.runs());
        json.writeNumberField("judged", result.runs() - result.unmatchedRuns());
        json.writeNumberField("alarmedRuns", result.alarmedRuns().size());
        json.writeNumberField("suppressedEvents", result.suppressedEvents());
        if (result.goodRuns() > 0) {
            json.writeNumberField("goodRuns", result.goodRuns());
            json.writeNumberField("goodRunsAlarmed", result.goodRunsAlarmed());
            json.writeNumberField("falseAlarmRate", result.falseAlarmRate());
        }
        faults(json, result.byFault());
        json.writeObjectFieldStart("alarmsByRule");
        for (Map.Entry<String, Integer> rule : new TreeMap<>(result.byRule()).entrySet()) {
            json.writeNumberField(rule.getKey(), rule.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("alarms");
        for (DefenseEvent alarm : result.alarms()) {
            json.writeStartObject();
            json.writeStringField("run", alarm.run().toString());
            json.writeStringField("at", alarm.raisedAt().toString());
            json.writeStringField("rule", alarm.strategy() + '.' + alarm.rule());
            json.writeStringField("severity", alarm.severity().name().toLowerCase(Locale.ROOT));
            json.writeStringField("fault", alarm.context().getOrDefault("fault", ""));
            json.writeStringField("reason", alarm.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void faults(JsonGenerator json, Map<String, BacktestResult.Score> faults) throws IOException {
        json.writeNumberField(
                "faultRuns",
                faults.values().stream().mapToInt(BacktestResult.Score::runs).sum());
        json.writeNumberField(
                "faultRunsFound",
                faults.values().stream().mapToInt(BacktestResult.Score::found).sum());
        json.writeObjectFieldStart("faults");
        for (Map.Entry<String, BacktestResult.Score> fault : faults.entrySet()) {
            json.writeObjectFieldStart(fault.getKey());
            json.writeNumberField("runs", fault.getValue().runs());
            json.writeNumberField("found", fault.getValue().found());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void only(JsonGenerator json, String field, BacktestResult one, BacktestResult other)
            throws IOException {
        Set<RunId> others = other.alarmedRuns();
        json.writeArrayFieldStart(field);
        for (RunId run : one.alarmedRuns().stream()
                .filter(run -> !others.contains(run))
                .sorted()
                .toList()) {
            json.writeString(run.toString());
        }
        json.writeEndArray();
    }
}
