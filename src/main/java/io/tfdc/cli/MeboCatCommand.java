package io.tfdc.cli;

import io.tfdc.mebo.MeboBlob;
import io.tfdc.mebo.MeboFormatException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code defender mebo cat}. */
@Command(
        name = "cat",
        description = "Print the points of blobs as CSV or JSON.",
        footer = {
            "",
            "CSV (RFC 4180, UTF-8) has the header metric,timestamp,value,tag and one row per point. metric is",
            "the stored name, or the id in 16 hexadecimal digits where the blob stores no names. timestamp is",
            "in microseconds since 1970-01-01 UTC. value is a decimal that reads back to the same",
            "number (every NaN is NaN; --json keeps its bits), or the text. tag is empty in blobs without tags.",
            "'defender mebo encode' reads this format.",
            "",
            "JSON is one object per metric and line: id, name (if stored), count, ts, valuesHex (16 hexadecimal",
            "digits of the bit pattern per value, joined) or text, and tags if the blob has them. Text and tags",
            "that are not all valid UTF-8 become textB64 and tagsB64, in base64."
        })
final class MeboCatCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON object per metric, each on a line.")
    private boolean json;

    @Option(
            names = "--metric",
            paramLabel = "ID|NAME",
            description = "Print this metric alone: 16 hexadecimal digits or a name. May be repeated.")
    private List<String> metrics = List.of();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Blobs; '-' is standard input.")
    private List<String> files;

    /** Picocli sets the fields. */
    @SuppressWarnings("NullAway.Init")
    MeboCatCommand() {}

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        MeboPrinter printer = json ? new MeboJsonPrinter(out) : new MeboCsvPrinter(out);
        for (String file : files) {
            MeboBlob blob = MeboInput.blob(file, MeboInput.bytes(file));
            try {
                for (int metric : wanted(file, blob)) {
                    printer.print(blob, metric);
                }
            } catch (MeboFormatException e) {
                throw MeboInput.damaged(file, e);
            } finally {
                out.flush();
            }
        }
        return ExitCode.OK;
    }

    private int[] wanted(String file, MeboBlob blob) {
        if (metrics.isEmpty()) {
            return IntStream.range(0, blob.metricCount()).toArray();
        }
        int[] wanted = metrics.stream().mapToInt(metric -> find(blob, metric)).toArray();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i] < 0) {
                throw CommandException.usage(file + ": no metric '" + metrics.get(i) + "'");
            }
        }
        return wanted;
    }

    private static int find(MeboBlob blob, String metric) {
        int byName = blob.find(metric);
        return byName >= 0 || !metric.matches("[0-9a-fA-F]{16}")
                ? byName
                : blob.find(Long.parseUnsignedLong(metric, 16));
    }
}
