package io.tfdc.cli.backtest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tfdc.backtest.BacktestResult;
import io.tfdc.backtest.BacktestResult.Difference;
import io.tfdc.backtest.BacktestResult.RuleCount;
import io.tfdc.backtest.BacktestResult.Share;
import io.tfdc.backtest.Finding;
import io.tfdc.backtest.JudgedRun;
import io.tfdc.model.Severity;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints results for machines: one object. */
public final class BacktestJson {
    private final JsonGenerator json;
    private final Severity least;

    private BacktestJson(JsonGenerator json, Severity least) {
        this.json = json;
        this.least = least;
    }

    public static void print(PrintWriter out, BacktestReport report) throws IOException {
        try (JsonGenerator generator = new JsonFactory().createGenerator(out)) {
            generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            generator.useDefaultPrettyPrinter();
            new BacktestJson(generator, report.least()).print(report);
        }
        out.println();
    }

    private void print(BacktestReport report) throws IOException {
        List<BacktestResult> results = report.results();
        json.writeStartObject();
        json.writeBooleanField("leaveOneOut", report.isLeaveOneOut());
        if (report.isLeaveOneOut()) {
            json.writeStringField("note", BacktestReport.LEAVE_ONE_OUT);
        }
        json.writeStringField("severity", text(least));
        json.writeArrayFieldStart("results");
        for (BacktestResult result : results) {
            print(result);
        }
        json.writeEndArray();
        if (results.size() == 2) {
            Difference difference = results.get(0).differenceTo(results.get(1), least);
            json.writeObjectFieldStart("difference");
            json.writeNumberField("both", difference.both());
            runs("onlyFirst", difference.onlyFirst());
            runs("onlySecond", difference.onlySecond());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void print(BacktestResult result) throws IOException {
        json.writeStartObject();
        json.writeStringField("strategy", result.name());
        json.writeNumberField("runs", result.runs().size());
        json.writeNumberField("judged", result.matched());
        json.writeNumberField("learningRuns", result.learning());
        json.writeNumberField("alarmedRuns", result.alarmed(least).size());
        json.writeNumberField("suppressedEvents", result.suppressedEvents());
        truth(result);
        rules(result.rules(least));
        runs("missed", result.missed(least));
        runs("falseAlarms", result.falseAlarms(least));
        json.writeArrayFieldStart("alarms");
        for (JudgedRun run : result.alarmed(least)) {
            for (Finding alarm : run.alarms(least)) {
                alarm(run, alarm);
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void truth(BacktestResult result) throws IOException {
        share("goodRuns", "goodRunsAlarmed", result.good(least));
        if (result.good(least).runs() > 0) {
            json.writeNumberField("falseAlarmRate", result.good(least).rate());
        }
        share("unlabelledRuns", "unlabelledRunsAlarmed", result.unlabelled(least));
        share("faultRuns", "faultRunsFound", result.faulty(least));
        json.writeObjectFieldStart("faults");
        for (Map.Entry<String, Share> fault : result.faults(least).entrySet()) {
            json.writeObjectFieldStart(fault.getKey());
            share("runs", "found", fault.getValue());
            json.writeNumberField(
                    "missed", fault.getValue().runs() - fault.getValue().alarmed());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void share(String runs, String alarmed, Share share) throws IOException {
        json.writeNumberField(runs, share.runs());
        json.writeNumberField(alarmed, share.alarmed());
    }

    private void rules(List<RuleCount> rules) throws IOException {
        json.writeArrayFieldStart("rules");
        for (RuleCount rule : rules) {
            json.writeStartObject();
            json.writeStringField("rule", rule.rule());
            json.writeStringField("severity", text(rule.worst()));
            json.writeNumberField("alarms", rule.alarms());
            json.writeNumberField("faulty", rule.onFaulty());
            json.writeNumberField("good", rule.onGood());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void runs(String field, List<JudgedRun> runs) throws IOException {
        json.writeArrayFieldStart(field);
        for (JudgedRun run : runs) {
            json.writeStartObject();
            json.writeStringField("run", run.context().id().toString());
            json.writeStringField("wafer", run.context().attribute("wafer"));
            json.writeStringField("fault", run.label().fault());
            json.writeArrayFieldStart("reasons");
            for (Finding alarm : run.alarms(least)) {
                json.writeString(alarm.name() + ": " + alarm.reason());
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void alarm(JudgedRun run, Finding alarm) throws IOException {
        json.writeStartObject();
        json.writeStringField("run", run.context().id().toString());
        json.writeStringField("at", run.context().end().toString());
        json.writeStringField("rule", alarm.name());
        json.writeStringField("severity", text(alarm.severity()));
        json.writeStringField(
                "mode", alarm.mode().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        json.writeStringField("fault", run.label().fault());
        json.writeNumberField("charts", alarm.charts());
        json.writeStringField("reason", alarm.reason());
        json.writeEndObject();
    }

    private static String text(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }
}
