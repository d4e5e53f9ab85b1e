package io.tfdc.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A CSV file of points, grouped by metric in order of first appearance.
 *
 * @param tags whether the file has a tag column with anything in it
 */
record MeboCsvFile(Map<String, MeboCsvMetric> metrics, boolean tags, long earliest) {

    /** Reads all rows; {@code text} tells whether values are text or numbers. */
    static MeboCsvFile read(String file, boolean text) {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(MeboInput.open(file), StandardCharsets.UTF_8.newDecoder()))) {
            MeboCsvRows rows = new MeboCsvRows(in, file);
            try {
                return read(rows, header(rows), text);
            } catch (CharacterCodingException e) {
                throw rows.fault("expected UTF-8 from here on");
            }
        } catch (IOException e) {
            throw MeboInput.unreadable(file, e);
        }
    }

    private static int header(MeboCsvRows rows) throws IOException {
        List<String> header = rows.next();
        List<String> full = List.of(MeboCsvPrinter.HEADER.split(","));
        if (header == null || !(header.equals(full) || header.equals(full.subList(0, 3)))) {
            throw rows.fault("expected the header " + MeboCsvPrinter.HEADER + " (tag may be missing), found "
                    + (header == null ? "an empty file" : String.join(",", header)));
        }
        return header.size();
    }

    private static MeboCsvFile read(MeboCsvRows rows, int columns, boolean text) throws IOException {
        Map<String, MeboCsvMetric> metrics = new LinkedHashMap<>();
        boolean tags = false;
        long earliest = Long.MAX_VALUE;
        for (List<String> row = rows.next(); row != null; row = rows.next()) {
            if (row.size() != columns) {
                throw rows.fault("expected " + columns + " fields, found " + row.size());
            }
            String tag = columns == 4 ? row.get(3) : "";
            long time = timestamp(rows, row.get(1));
            MeboCsvMetric metric = metrics.computeIfAbsent(row.get(0), name -> new MeboCsvMetric());
            if (text) {
                metric.add(time, row.get(2), tag);
            } else {
                metric.add(time, number(rows, row.get(2)), tag);
            }
            tags |= !tag.isEmpty();
            earliest = Math.min(earliest, time);
        }
        if (metrics.isEmpty()) {
            throw rows.fault("expected at least one row of data");
        }
        return new MeboCsvFile(metrics, tags, earliest);
    }

    private static long timestamp(MeboCsvRows rows, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notMicros) {
            try {
                return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(text));
            } catch (DateTimeParseException | ArithmeticException neither) {
                throw rows.fault("timestamp: expected microseconds since 1970-01-01 UTC or an instant such as"
                        + " 2026-01-31T12:00:00.5Z, found '" + text + "'");
            }
        }
    }

    private static double number(MeboCsvRows rows, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw rows.fault("value: expected a number, found '" + text + "' (text values need --text)");
        }
    }
}
