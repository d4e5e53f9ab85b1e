package io.tfdc.cli;

import io.tfdc.mebo.Codec;
import io.tfdc.mebo.MeboWriteException;
import io.tfdc.mebo.NumericBlobWriter;
import io.tfdc.mebo.NumericOptions;
import io.tfdc.mebo.TextBlobWriter;
import io.tfdc.mebo.TextOptions;
import io.tfdc.mebo.TimestampEncoding;
import io.tfdc.mebo.ValueEncoding;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code defender mebo encode}. */
@Command(
        name = "encode",
        description = "Write a blob from CSV.",
        footer = {
            "",
            "The CSV (RFC 4180, UTF-8) has the header metric,timestamp,value or metric,timestamp,value,tag, as",
            "'defender mebo cat' prints it, and one row per point; rows of a metric keep their order and need",
            "not be adjacent. timestamp is a number of microseconds since 1970-01-01 UTC or an instant",
            "(2026-01-31T12:00:00.5Z). value is a number, NaN or Infinity, with --text any text of at most 255",
            "bytes. The tag column is stored if it is not empty throughout.",
            "",
            "Exit code 2 means that the CSV is refused; the message names file and line."
        })
final class MeboEncodeCommand implements Callable<Integer> {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            defaultValue = "-",
            description = "Where to write the blob; '-', the default, is standard output.")
    private String output;

    @Option(names = "--text", description = "Write a text blob.")
    private boolean text;

    @Option(names = "--ids", description = "The metric column holds ids in 16 hexadecimal digits instead of names.")
    private boolean ids;

    @Option(
            names = "--ts",
            paramLabel = "ENCODING",
            defaultValue = "delta",
            description = "Timestamp encoding: raw, delta or deltapacked (not for text). Default: ${DEFAULT-VALUE}.")
    private String timestamps;

    @Option(
            names = "--values",
            paramLabel = "ENCODING",
            defaultValue = "gorilla",
            description = "Value encoding: raw, gorilla, chimp or alp. Default: ${DEFAULT-VALUE}.")
    private String values;

    @Option(
            names = "--ts-codec",
            paramLabel = "CODEC",
            defaultValue = "none",
            description = "Compression of timestamps: none, zstd, s2 or lz4. Default: ${DEFAULT-VALUE}.")
    private String timestampCodec;

    @Option(
            names = "--codec",
            paramLabel = "CODEC",
            defaultValue = "none",
            description =
                    "Compression of values, or of a whole text blob: none, zstd, s2 or lz4. Default: ${DEFAULT-VALUE}.")
    private String codec;

    @Option(names = "--big-endian", description = "Write big-endian.")
    private boolean bigEndian;

    @Option(names = "--v2", description = "Write layout version 2, sorted by id.")
    private boolean version2;

    @Option(names = "--shared", description = "Store equal timestamp columns once; implies version 2.")
    private boolean shared;

    @Option(
            names = "--start",
            paramLabel = "MICROS",
            description = "Start time of the blob. Default: the earliest timestamp.")
    private @Nullable Long start;

    @Parameters(arity = "0..1", paramLabel = "FILE", defaultValue = "-", description = "CSV; '-' is standard input.")
    private String file;

    /** Picocli sets the fields. */
    @SuppressWarnings("NullAway.Init")
    MeboEncodeCommand() {}

    @Override
    public Integer call() throws IOException {
        TimestampEncoding timestampEncoding = one(
                "--ts",
                timestamps.equalsIgnoreCase("deltapacked") ? "delta_packed" : timestamps,
                TimestampEncoding.values());
        ValueEncoding valueEncoding = one("--values", values, ValueEncoding.values());
        Codec ofTimestamps = one("--ts-codec", timestampCodec, Codec.values());
        Codec ofValues = one("--codec", codec, Codec.values());
        if (text && timestampEncoding == TimestampEncoding.DELTA_PACKED) {
            throw CommandException.usage("--ts: expected raw or delta with --text, found " + timestamps);
        }
        MeboCsvFile csv = MeboCsvFile.read(file, text);
        ByteOrder order = bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        try {
            write(
                    text
                            ? text(csv, new TextOptions(timestampEncoding, ofValues, order, csv.tags()))
                            : numeric(
                                    csv,
                                    new NumericOptions(
                                            timestampEncoding,
                                            valueEncoding,
                                            ofTimestamps,
                                            ofValues,
                                            order,
                                            version2,
                                            shared,
                                            csv.tags())));
        } catch (MeboWriteException e) {
            throw CommandException.usage(file + ": " + e.getMessage());
        }
        return ExitCode.OK;
    }

    private byte[] numeric(MeboCsvFile csv, NumericOptions options) {
        NumericBlobWriter writer = new NumericBlobWriter(options, start(csv));
        for (Map.Entry<String, MeboCsvMetric> entry : csv.metrics().entrySet()) {
            MeboCsvMetric m = entry.getValue();
            byte[][] tags = csv.tags() ? m.tags().toArray(byte[][]::new) : null;
            if (ids) {
                writer.add(id(entry.getKey()), m.times(), m.values(), 0, m.count(), tags);
            } else {
                writer.add(entry.getKey(), m.times(), m.values(), 0, m.count(), tags);
            }
        }
        return writer.finish();
    }

    private byte[] text(MeboCsvFile csv, TextOptions options) {
        TextBlobWriter writer = new TextBlobWriter(options, start(csv));
        for (Map.Entry<String, MeboCsvMetric> entry : csv.metrics().entrySet()) {
            MeboCsvMetric m = entry.getValue();
            List<byte[]> tags = csv.tags() ? m.tags() : null;
            if (ids) {
                writer.add(id(entry.getKey()), m.times(), m.texts(), tags);
            } else {
                writer.add(entry.getKey(), m.times(), m.texts(), tags);
            }
        }
        return writer.finish();
    }

    private long start(MeboCsvFile csv) {
        return start == null ? csv.earliest() : start;
    }

    private long id(String metric) {
        if (!metric.matches("[0-9a-fA-F]{16}")) {
            throw CommandException.usage(
                    file + ": metric '" + metric + "': expected an id of 16 hexadecimal digits with --ids");
        }
        return Long.parseUnsignedLong(metric, 16);
    }

    private void write(byte[] blob) throws IOException {
        if (!output.equals(MeboInput.STANDARD)) {
            Files.write(Path.of(output), blob);
            return;
        }
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        out.write(blob);
        out.flush();
    }

    private static <E extends Enum<E>> E one(String option, String text, E[] all) {
        StringBuilder names = new StringBuilder();
        for (E candidate : all) {
            if (candidate.name().equalsIgnoreCase(text)) {
                return candidate;
            }
            names.append(names.isEmpty() ? "" : ", ")
                    .append(candidate.name().toLowerCase(java.util.Locale.ROOT).replace("_", ""));
        }
        throw CommandException.usage(option + ": expected one of " + names + ", found '" + text + "'");
    }
}
