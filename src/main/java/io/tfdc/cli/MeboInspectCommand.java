package io.tfdc.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tfdc.mebo.MeboBlob;
import io.tfdc.mebo.MetricId;
import io.tfdc.mebo.NumericBlob;
import io.tfdc.mebo.TextBlob;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code defender mebo inspect}. */
@Command(
        name = "inspect",
        description = "Print header, encodings, sizes and the metrics table of blobs.",
        footer = {"", "Columns are not decoded: 'defender mebo cat' finds damage inside them."})
final class MeboInspectCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON object per file, each on a line.")
    private boolean json;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Blobs; '-' is standard input.")
    private List<String> files;

    /** Picocli sets the fields. */
    @SuppressWarnings("NullAway.Init")
    MeboInspectCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        for (String file : files) {
            byte[] bytes = MeboInput.bytes(file);
            ObjectNode facts = facts(file, bytes.length, MeboInput.blob(file, bytes));
            if (json) {
                out.println(facts);
            } else {
                print(out, facts);
            }
        }
        out.flush();
        return ExitCode.OK;
    }

    private static ObjectNode facts(String file, int size, MeboBlob blob) {
        ObjectNode facts = new ObjectMapper().createObjectNode();
        facts.put("file", file);
        facts.put("kind", blob instanceof NumericBlob ? "numeric" : "text");
        facts.put("layout", blob.layout().toString());
        facts.put("byteOrder", blob.byteOrder().toString());
        facts.put("startTime", blob.startTime());
        facts.put("start", instant(blob.startTime()));
        if (blob instanceof NumericBlob numeric) {
            facts.put("timestampEncoding", numeric.timestampEncoding().toString());
            facts.put("timestampCodec", numeric.timestampCodec().toString());
            facts.put("valueEncoding", numeric.valueEncoding().toString());
            facts.put("valueCodec", numeric.valueCodec().toString());
            facts.put("sharedTimestamps", numeric.hasSharedTimestamps());
        } else if (blob instanceof TextBlob text) {
            facts.put("timestampEncoding", text.timestampEncoding().toString());
            facts.put("codec", text.codec().toString());
        }
        facts.put("tags", blob.hasTags());
        facts.put("names", blob.hasNames());
        long points = 0;
        for (int i = 0; i < blob.metricCount(); i++) {
            points += blob.count(i);
        }
        facts.put("size", size);
        facts.put("metricCount", blob.metricCount());
        facts.put("points", points);
        if (points > 0) {
            facts.put("bytesPerPoint", (double) size / points);
        }
        metrics(facts.putArray("metrics"), blob);
        return facts;
    }

    private static void metrics(ArrayNode rows, MeboBlob blob) {
        for (int i = 0; i < blob.metricCount(); i++) {
            ObjectNode row = rows.addObject();
            row.put("id", MetricId.format(blob.id(i)));
            if (blob.name(i) != null) {
                row.put("name", blob.name(i));
            }
            row.put("count", blob.count(i));
            if (blob instanceof NumericBlob numeric) {
                row.put("timestampBytes", numeric.timestampBytes(i));
                row.put("valueBytes", numeric.valueBytes(i));
                if (blob.hasTags()) {
                    row.put("tagBytes", numeric.tagBytes(i));
                }
                if (numeric.timestampOwner(i) != i) {
                    row.put("timestampsOf", MetricId.format(blob.id(numeric.timestampOwner(i))));
                }
            } else if (blob instanceof TextBlob text) {
                row.put("rowBytes", text.rowBytes(i));
            }
        }
    }

    private static String instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }

    private static void print(PrintWriter out, ObjectNode facts) {
        facts.properties().forEach(field -> {
            if (!field.getKey().equals("metrics")) {
                String value = field.getValue().isDouble()
                        ? String.format(Locale.ROOT, "%.3f", field.getValue().asDouble())
                        : field.getValue().asText();
                out.printf(Locale.ROOT, "%-18s %s%n", field.getKey(), value);
            }
        });
        out.printf(
                Locale.ROOT,
                "%n%-16s %10s %12s %12s %10s  %s%n",
                "id",
                "count",
                "time bytes",
                "value bytes",
                "tag bytes",
                "name");
        facts.path("metrics")
                .forEach(row -> out.printf(
                        Locale.ROOT,
                        "%-16s %10d %12s %12s %10s  %s%n",
                        row.path("id").asText(),
                        row.path("count").asInt(),
                        row.has("timestampsOf")
                                ? "shared"
                                : row.path("timestampBytes").asText("-"),
                        row.path("valueBytes").asText(row.path("rowBytes").asText()),
                        row.path("tagBytes").asText("-"),
                        row.path("name").asText("")));
        out.println();
    }
}
