package io.tfdc.simulator;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reader of recorded traces, one run at a time: {@code wafer,set,fault,time_s,step,<signals...>}, one row per sample, the rows of a
 * wafer together. Plain or gzip, told by the content. Memory is bounded by the largest run.
 */
public final class TraceCsv implements Closeable {
    static final List<String> FIXED = List.of("wafer", "set", "fault", "time_s", "step");
    static final int MAX_SIGNALS = 10_000;
    static final int MAX_SAMPLES = 1_000_000;
    static final int MAX_CELLS = 100_000_000;
    static final int MAX_LINE = 1_000_000;
    private static final double MAX_SECONDS = 9e12;

    private final String name;
    private final Reader reader;
    private final char[] buffer = new char[1 << 13];
    private int buffered;
    private int taken;
    private final String[] signals;
    private long line;
    private @Nullable String row;

    private TraceCsv(String name, Reader reader) throws IOException {
        this.name = name;
        this.reader = reader;
        this.signals = header();
        this.row = nextRow();
    }

    /** Opens a file and reads its header. */
    public static TraceCsv open(Path file) throws IOException {
        return open(file.toString(), Files.newInputStream(file));
    }

    /**
     * Reads from a stream, which is closed with the reader.
     *
     * @param name how errors call the source
     */
    public static TraceCsv open(String name, InputStream stream) throws IOException {
        try {
            InputStream buffered = new BufferedInputStream(stream, 1 << 16);
            buffered.mark(2);
            boolean gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
            buffered.reset();
            InputStream plain = gzip ? new GZIPInputStream(buffered, 1 << 16) : buffered;
            return new TraceCsv(name, new InputStreamReader(plain, StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    /** Reads all runs of a file. */
    public static List<TracedRun> readAll(Path file) throws IOException {
        try (TraceCsv csv = open(file)) {
            List<TracedRun> runs = new ArrayList<>();
            for (TracedRun run = csv.next(); run != null; run = csv.next()) {
                runs.add(run);
            }
            return runs;
        }
    }

    /** The line read last, from 1. */
    long line() {
        return line;
    }

    /** Names of the signals in order of the columns. */
    public List<String> signals() {
        return List.of(signals);
    }

    /**
     * The next run, or null at the end.
     *
     * @throws TraceCsvException when a row is malformed
     */
    public @Nullable TracedRun next() throws IOException {
        if (row == null) {
            return null;
        }
        String[] cells = split(row);
        Samples samples = new Samples(signals.length);
        String wafer = cells[0];
        String set = cells[1];
        String fault = cells[2];
        while (cells[0].equals(wafer)) {
            if (!cells[1].equals(set) || !cells[2].equals(fault)) {
                throw problem("labels of wafer " + wafer + " differ from those of its first row");
            }
            if (samples.size == MAX_SAMPLES || (long) samples.size * signals.length >= MAX_CELLS) {
                throw problem("wafer " + wafer + " has more than " + samples.size + " samples");
            }
            samples.add(time(cells[3]), number(cells[4], "step"), cells);
            row = nextRow();
            if (row == null) {
                break;
            }
            cells = split(row);
        }
        return samples.run(wafer, set, fault);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private String[] header() throws IOException {
        String first = nextRow();
        if (first == null) {
            throw problem("expected the header " + String.join(",", FIXED) + ",<signals>, found nothing");
        }
        List<String> names = Arrays.asList(first.split(",", -1));
        if (names.size() <= FIXED.size() || !names.subList(0, FIXED.size()).equals(FIXED)) {
            throw problem("expected the header " + String.join(",", FIXED) + ",<signals>");
        }
        List<String> found = names.subList(FIXED.size(), names.size());
        if (found.size() > MAX_SIGNALS || new HashSet<>(found).size() < found.size() || found.contains("")) {
            throw problem("expected at most " + MAX_SIGNALS + " signals with distinct names");
        }
        return found.toArray(new String[0]);
    }

    private @Nullable String nextRow() throws IOException {
        while (true) {
            line++;
            String text = readLine();
            if (text == null || !text.isBlank()) {
                return text;
            }
        }
    }

    private @Nullable String readLine() throws IOException {
        StringBuilder text = new StringBuilder(128);
        while (true) {
            if (taken == buffered) {
                taken = 0;
                buffered = fill();
                if (buffered < 0) {
                    buffered = 0;
                    return text.isEmpty() ? null : text.toString();
                }
            }
            int end = taken;
            while (end < buffered && buffer[end] != '\n') {
                end++;
            }
            text.append(buffer, taken, end - taken);
            if (text.length() > MAX_LINE) {
                throw problem("longer than " + MAX_LINE + " characters");
            }
            boolean complete = end < buffered;
            taken = complete ? end + 1 : end;
            if (complete) {
                int length = text.length();
                return length > 0 && text.charAt(length - 1) == '\r' ? text.substring(0, length - 1) : text.toString();
            }
        }
    }

    private int fill() throws TraceCsvException {
        try {
            return reader.read(buffer);
        } catch (IOException e) {
            throw problem("can't be read on: " + e.getMessage());
        }
    }

    private String[] split(String text) throws TraceCsvException {
        String[] cells = text.split(",", -1);
        if (cells.length != FIXED.size() + signals.length) {
            throw problem("expected " + (FIXED.size() + signals.length) + " cells, found " + cells.length);
        }
        return cells;
    }

    private long time(String cell) throws TraceCsvException {
        double seconds = number(cell, "time_s");
        if (!(Math.abs(seconds) <= MAX_SECONDS)) {
            throw problem("time_s '" + cell + "': expected seconds");
        }
        return Math.round(seconds * 1e6);
    }

    private double number(String cell, String column) throws TraceCsvException {
        if (cell.isEmpty()) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            throw problem(column + " '" + cell + "': expected a number");
        }
    }

    private TraceCsvException problem(String what) {
        return new TraceCsvException(name, line, what);
    }

    /** Columns of the run being read. */
    private final class Samples {
        private long[] times = new long[128];
        private double[] step = new double[128];
        private final double[][] values;
        private int size;

        Samples(int columns) {
            values = new double[columns][128];
        }

        void add(long time, double stepNumber, String[] cells) throws TraceCsvException {
            if (size == times.length) {
                times = Arrays.copyOf(times, 2 * size);
                step = Arrays.copyOf(step, 2 * size);
                for (int c = 0; c < values.length; c++) {
                    values[c] = Arrays.copyOf(values[c], 2 * size);
                }
            }
            times[size] = time;
            step[size] = stepNumber;
            for (int c = 0; c < values.length; c++) {
                values[c][size] = number(cells[FIXED.size() + c], signals[c]);
            }
            size++;
        }

        TracedRun run(String wafer, String set, String fault) {
            for (int c = 0; c < values.length; c++) {
                values[c] = Arrays.copyOf(values[c], size);
            }
            return new TracedRun(
                    wafer, set, fault, Arrays.copyOf(times, size), Arrays.copyOf(step, size), signals.clone(), values);
        }
    }
}
