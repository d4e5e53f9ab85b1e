package io.tfdc.cli;

import io.tfdc.mebo.MeboBlob;
import io.tfdc.mebo.MetricId;
import io.tfdc.mebo.NumericBlob;
import io.tfdc.mebo.TextBlob;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** One row per point. */
final class MeboCsvPrinter implements MeboPrinter {
    static final String HEADER = "metric,timestamp,value,tag";

    private final PrintWriter out;
    private boolean started;

    MeboCsvPrinter(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void print(MeboBlob blob, int metric) {
        if (!started) {
            out.print(HEADER + "\n");
            started = true;
        }
        String name = blob.name(metric);
        String label = quoted(name == null ? MetricId.format(blob.id(metric)) : name);
        if (blob instanceof NumericBlob numeric) {
            printNumeric(numeric, metric, label);
        } else if (blob instanceof TextBlob text) {
            text.forEach(metric, (time, bytes, at, length, tagAt, tagLength) -> {
                String value = new String(bytes, at, length, StandardCharsets.UTF_8);
                row(label, time, quoted(value), new String(bytes, tagAt, tagLength, StandardCharsets.UTF_8));
            });
        }
    }

    private void printNumeric(NumericBlob blob, int metric, String label) {
        if (!blob.hasTags()) {
            blob.forEach(metric, (time, value) -> row(label, time, Double.toString(value), ""));
            return;
        }
        String[] tags = new String[blob.count(metric)];
        blob.decodeTags(metric, tags, 0);
        int[] point = {0};
        blob.forEach(metric, (time, value) -> row(label, time, Double.toString(value), tags[point[0]++]));
    }

    private void row(String label, long time, String value, String tag) {
        out.print(label);
        out.print(',');
        out.print(time);
        out.print(',');
        out.print(value);
        out.print(',');
        out.print(quoted(tag));
        out.print('\n');
    }

    private static String quoted(String field) {
        boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                && field.equals(field.strip());
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }
}
