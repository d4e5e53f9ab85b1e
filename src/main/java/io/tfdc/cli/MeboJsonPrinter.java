package io.tfdc.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.tfdc.mebo.MeboBlob;
import io.tfdc.mebo.MetricId;
import io.tfdc.mebo.NumericBlob;
import io.tfdc.mebo.TextBlob;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One JSON object per metric and line. */
final class MeboJsonPrinter implements MeboPrinter {
    private final PrintWriter out;
    private final JsonFactory json = new JsonFactory();

    MeboJsonPrinter(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void print(MeboBlob blob, int metric) throws IOException {
        try (JsonGenerator generator = json.createGenerator(out)) {
            generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            generator.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
            generator.setPrettyPrinter(new MinimalPrettyPrinter());
            generator.writeStartObject();
            generator.writeStringField("id", MetricId.format(blob.id(metric)));
            String name = blob.name(metric);
            if (name != null) {
                generator.writeStringField("name", name);
            }
            generator.writeNumberField("count", blob.count(metric));
            if (blob instanceof NumericBlob numeric) {
                numeric(generator, numeric, metric);
            } else if (blob instanceof TextBlob text) {
                text(generator, text, metric);
            }
            generator.writeEndObject();
        }
        out.print('\n');
    }

    private static void numeric(JsonGenerator generator, NumericBlob blob, int metric) throws IOException {
        long[] times = new long[blob.count(metric)];
        blob.decodeTimestamps(metric, times, 0);
        times(generator, times);
        double[] values = new double[times.length];
        blob.decodeValues(metric, values, 0);
        generator.writeFieldName("valuesHex");
        generator.writeRawValue("\"");
        for (double value : values) {
            generator.writeRaw(MetricId.format(Double.doubleToRawLongBits(value)));
        }
        generator.writeRaw('"');
        if (blob.hasTags()) {
            List<byte[]> tags = new ArrayList<>();
            blob.forEachTag(metric, (point, bytes, at, length) -> tags.add(Arrays.copyOfRange(bytes, at, at + length)));
            strings(generator, "tags", tags);
        }
    }

    private static void text(JsonGenerator generator, TextBlob blob, int metric) throws IOException {
        long[] times = new long[blob.count(metric)];
        List<byte[]> values = new ArrayList<>();
        List<byte[]> tags = new ArrayList<>();
        blob.forEach(metric, (time, bytes, at, length, tagAt, tagLength) -> {
            times[values.size()] = time;
            values.add(Arrays.copyOfRange(bytes, at, at + length));
            tags.add(Arrays.copyOfRange(bytes, tagAt, tagAt + tagLength));
        });
        times(generator, times);
        strings(generator, "text", values);
        if (blob.hasTags()) {
            strings(generator, "tags", tags);
        }
    }

    private static void times(JsonGenerator generator, long[] times) throws IOException {
        generator.writeFieldName("ts");
        generator.writeArray(times, 0, times.length);
    }

    private static void strings(JsonGenerator generator, String field, List<byte[]> strings) throws IOException {
        List<String> decoded = decoded(strings);
        generator.writeArrayFieldStart(decoded == null ? field + "B64" : field);
        for (int i = 0; i < strings.size(); i++) {
            generator.writeString(
                    decoded == null ? Base64.getEncoder().encodeToString(strings.get(i)) : decoded.get(i));
        }
        generator.writeEndArray();
    }

    /** Null if one of them is not valid UTF-8. */
    private static @Nullable List<String> decoded(List<byte[]> strings) {
        CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
        List<String> decoded = new ArrayList<>(strings.size());
        try {
            for (byte[] string : strings) {
                decoded.add(utf8.decode(ByteBuffer.wrap(string)).toString());
            }
            return decoded;
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
