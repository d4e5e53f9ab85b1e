package io.tfdc.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedRunsTest {
    private static final Instant START = Instant.parse("2026-01-05T06:00:00Z");
    private static final String HEADER = "wafer,set,fault,time_s,step,Pressure\n";

    @TempDir
    Path folder;

    @Test
    void wafersFollowEachOtherAndKeepTheirLabels() throws IOException {
        Path file = write(
                "etch.csv",
                HEADER + "w1,normal,,11.5,4,10\nw1,normal,,12.5,4,11\nw1,normal,,11.6,4,10\n"
                        + "w2,fault,TCP +50,3,4,12\nw2,fault,TCP +50,4.25,5,\n");
        List<SimulatedRun> runs = all(new RecordedRuns(List.of(file), START));
        assertEquals(2, runs.size());
        SimulatedRun first = runs.get(0);
        assertEquals("TRACES:etch", first.context().id().chamber().toString());
        assertEquals(START, first.context().start());
        assertEquals(START.plusSeconds(1), first.context().end(), "the jump back at the end does not count");
        assertEquals(micros(START) + 100_000, first.timesMicros()[2], "the jump back stays in the record");
        SimulatedRun second = runs.get(1);
        assertTrue(second.context().start().isAfter(first.context().end()));
        assertEquals("w2", second.context().attribute("wafer"));
        assertEquals("TCP +50", second.context().attribute("fault"));
        assertEquals(
                List.of(FaultKind.LABELLED),
                second.faults().stream().map(Fault::kind).toList());
        assertTrue(Double.isNaN(second.column("Pressure")[1]));
        assertEquals(5, second.column("step")[1]);
    }

    @Test
    void filesTakeTurnsAndEqualNamesAreToldApart() throws IOException {
        String rows = HEADER + "a,normal,,0,1,1\nb,normal,,0,1,1\n";
        Path one = write("etch.csv", rows);
        Path other = write("more/etch.csv", rows);
        RecordedRuns source = new RecordedRuns(List.of(one, other), START);
        assertEquals(2, source.chambers().size());
        List<String> order = all(source).stream()
                .map(run -> run.context().id().chamber().chamber() + "/"
                        + run.context().attribute("wafer"))
                .toList();
        assertEquals(List.of("etch/a", "etch-2/a", "etch/b", "etch-2/b"), order);
    }

    @Test
    void aMalformedRowEndsTheSourceWithItsLine() throws IOException {
        Path file = write("etch.csv", HEADER + "a,normal,,0,1,1\nb,normal,,0,1,many\n");
        RecordedRuns source = new RecordedRuns(List.of(file), START);
        assertEquals("a", source.next().context().attribute("wafer"));
        UncheckedIOException refused = assertThrows(UncheckedIOException.class, source::next);
        assertTrue(refused.getMessage().contains("line 3"), refused.getMessage());
    }

    @Test
    void aRunOfMonthsIsRefused() throws IOException {
        Path file = write(
                "etch.csv",
                HEADER + "a,normal,,0,1,1\na,normal,," + Duration.ofDays(40).toSeconds() + ",1,1\n");
        RecordedRuns source = new RecordedRuns(List.of(file), START);
        UncheckedIOException refused = assertThrows(UncheckedIOException.class, source::next);
        assertTrue(refused.getMessage().contains("31 days"), refused.getMessage());
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static List<SimulatedRun> all(RecordedRuns source) throws IOException {
        List<SimulatedRun> runs = new ArrayList<>();
        for (SimulatedRun run = source.next(); run != null; run = source.next()) {
            runs.add(run);
        }
        assertNull(source.next());
        source.close();
        return runs;
    }

    private static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000;
    }
}
