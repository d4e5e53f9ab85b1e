package io.tfdc.simulator;

import io.tfdc.model.ChamberId;
import io.tfdc.model.RunContext;
import io.tfdc.model.RunId;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Recorded traces as runs: every file is a chamber, its wafers follow each other in the order of the file, files take turns. Labels
 * stay as attributes ({@code wafer}, {@code set}, {@code fault}) and a labelled fault is the truth about its run.
 */
public final class RecordedRuns implements RunSource, Closeable {
    /** Tool of all chambers made from files; also their {@code toolType}. */
    public static final String TOOL = "TRACES";

    private static final String STEP_SVID = "step";
    private static final long EXCHANGE_MICROS = 60_000_000;
    private static final long LONGEST_MICROS = 31L * 86_400 * 1_000_000;
    private static final DateTimeFormatter CONTEXT =
            DateTimeFormatter.ofPattern("'ctx_'yyyyMMdd'_'HHmmss").withZone(ZoneOffset.UTC);

    private final Deque<Recording> recordings = new ArrayDeque<>();
    private final List<ChamberId> chambers = new ArrayList<>();

    /** A file being read, and when its next run starts. */
    private static final class Recording {
        final ChamberId chamber;
        final TraceCsv csv;
        long clockMicros;

        Recording(ChamberId chamber, TraceCsv csv, long clockMicros) {
            this.chamber = chamber;
            this.csv = csv;
            this.clockMicros = clockMicros;
        }
    }

    /**
     * @param start when every file's first wafer starts
     * @throws IOException if a file can't be read or its header is not that of a trace file
     */
    public RecordedRuns(List<Path> files, Instant start) throws IOException {
        try {
            for (Path file : files) {
                String name = nameOf(file);
                ChamberId byName = new ChamberId(TOOL, name);
                ChamberId chamber =
                        chambers.contains(byName) ? new ChamberId(TOOL, name + "-" + (chambers.size() + 1)) : byName;
                chambers.add(chamber);
                recordings.add(new Recording(chamber, TraceCsv.open(file), start.getEpochSecond() * 1_000_000));
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The chambers made from the files, in their order. */
    public List<ChamberId> chambers() {
        return List.copyOf(chambers);
    }

    /** @throws UncheckedIOException if a file can't be read on; the message names the line */
    @Override
    public @Nullable SimulatedRun next() {
        try {
            while (true) {
                Recording turn = recordings.poll();
                if (turn == null) {
                    return null;
                }
                TracedRun traced = turn.csv.next();
                if (traced == null) {
                    turn.csv.close();
                } else {
                    recordings.add(turn);
                    return run(turn, traced);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        for (Recording recording : recordings) {
            recording.csv.close();
        }
        recordings.clear();
    }

    private static SimulatedRun run(Recording recording, TracedRun traced) throws TraceCsvException {
        long first = traced.timesMicros()[0];
        long last = first;
        long[] times = new long[traced.samples()];
        for (int i = 0; i < times.length; i++) {
            long sinceFirst = traced.timesMicros()[i] - first;
            if (Math.abs(sinceFirst) > LONGEST_MICROS) {
                throw new TraceCsvException(
                        recording.chamber.chamber(),
                        recording.csv.line(),
                        "wafer " + traced.wafer() + " lasts more than 31 days");
            }
            last = Math.max(last, traced.timesMicros()[i]);
            times[i] = recording.clockMicros + sinceFirst;
        }
        Instant start = instant(recording.clockMicros);
        Instant end = instant(recording.clockMicros + last - first);
        recording.clockMicros += roundedUp(last - first + EXCHANGE_MICROS);
        List<String> svids = new ArrayList<>(List.of(STEP_SVID));
        svids.addAll(List.of(traced.svids()));
        double[][] values = new double[svids.size()][];
        values[0] = traced.step();
        System.arraycopy(traced.values(), 0, values, 1, traced.values().length);
        RunId id = new RunId(recording.chamber, CONTEXT.format(start));
        return new SimulatedRun(
                new RunContext(id, start, end, attributes(recording.chamber, traced)),
                times,
                svids,
                svids.stream().map(svid -> "").toList(),
                values,
                STEP_SVID,
                List.of(),
                faults(recording.chamber, traced),
                List.of());
    }

    private static Map<String, String> attributes(ChamberId chamber, TracedRun traced) {
        Map<String, String> attributes = new HashMap<>();
        attributes.put(RunContext.TOOL_TYPE, TOOL);
        attributes.put(RunContext.RECIPE, chamber.chamber());
        attributes.put(RunContext.WAFER_TYPE, "product");
        attributes.put(RunContext.WAFER, text(traced.wafer()));
        attributes.put("set", text(traced.set()));
        attributes.put("fault", text(traced.fault()));
        return attributes;
    }

    private static List<Fault> faults(ChamberId chamber, TracedRun traced) {
        if (!traced.isFault()) {
            return List.of();
        }
        String episode = chamber.chamber() + ':' + traced.wafer();
        return List.of(new Fault(episode, FaultKind.LABELLED, traced.fault(), 0, 0, 0));
    }

    /** The file's name up to the first dot, in the alphabet of identifiers. */
    private static String nameOf(Path file) {
        Path last = file.getFileName();
        String name =
                last == null ? "" : last.toString().replaceFirst("\\..*", "").replaceAll("[^A-Za-z0-9_-]", "_");
        return name.isEmpty() ? "file" : name.substring(0, Math.min(48, name.length()));
    }

    private static String text(String label) {
        String clean = label.replaceAll("\\p{Cntrl}", " ");
        return clean.substring(0, Math.min(256, clean.length()));
    }

    private static long roundedUp(long micros) {
        return (micros + 999_999) / 1_000_000 * 1_000_000;
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000L) * 1_000);
    }
}
