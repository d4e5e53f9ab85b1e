package io.tfdc.simulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceCsvTest {
    private static final String HEADER = "wafer,set,fault,time_s,step,Pressure,RF\n";
    private static final String TWO_RUNS = HEADER
            + "w1,normal,,10.0001,4,1.5,2\n"
            + "w1,normal,,11.02,5,,-3e2\r\n"
            + "\n"
            + "w2,fault,RF +8,0.5,4,7,8";

    @Test
    void runs_come_one_by_one_with_their_labels() throws IOException {
        try (TraceCsv csv = open(TWO_RUNS)) {
            assertEquals(List.of("Pressure", "RF"), csv.signals());
            TracedRun first = csv.next();
            assertNotNull(first);
            assertEquals("w1", first.wafer());
            assertFalse(first.isFault());
            assertArrayEquals(new long[] {10_000_100, 11_020_000}, first.timesMicros());
            assertArrayEquals(new double[] {4, 5}, first.step());
            assertArrayEquals(new double[] {1.5, Double.NaN}, first.values()[0]);
            assertArrayEquals(new double[] {2, -300}, first.values()[1]);
            TracedRun second = csv.next();
            assertNotNull(second);
            assertTrue(second.isFault());
            assertEquals("RF +8", second.fault());
            assertEquals(1, second.samples());
            assertNull(csv.next());
            assertNull(csv.next());
        }
    }

    @Test
    void gzip_is_told_by_its_content(@TempDir Path folder) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(TWO_RUNS.getBytes(StandardCharsets.UTF_8));
        }
        Path file = Files.write(folder.resolve("traces"), packed.toByteArray());
        assertEquals(2, TraceCsv.readAll(file).size());
    }

    @Test
    void a_header_without_rows_has_no_runs() throws IOException {
        try (TraceCsv csv = open(HEADER)) {
            assertNull(csv.next());
        }
    }

    @Test
    void errors_name_file_line_and_what_was_expected() {
        assertProblem("", "test.csv line 1: expected the header wafer,set,fault,time_s,step,<signals>, found nothing");
        assertProblem("a,b\n", "test.csv line 1: expected the header wafer,set,fault,time_s,step,<signals>");
        assertProblem(
                "wafer,set,fault,time_s,step,x,x\n",
                "test.csv line 1: expected at most 10000 signals with distinct names");
        assertProblem(HEADER + "w,normal,,1,4,1\n", "test.csv line 2: expected 7 cells, found 6");
        assertProblem(HEADER + "w,normal,,soon,4,1,2\n", "test.csv line 2: time_s 'soon': expected a number");
        assertProblem(HEADER + "w,normal,,,4,1,2\n", "test.csv line 2: time_s '': expected seconds");
        assertProblem(HEADER + "w,normal,,1,4,1,2\nw,normal,,2,4,1,y\n", "test.csv line 3: RF 'y': expected a number");
        assertProblem(
                HEADER + "w,normal,,1,4,1,2\nw,fault,,2,4,1,2\n",
                "test.csv line 3: labels of wafer w differ from those of its first row");
    }

    @Test
    void a_line_without_end_is_refused_before_it_fills_the_memory() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        };
        TraceCsvException e = assertThrows(TraceCsvException.class, () -> TraceCsv.open("endless", endless));
        assertEquals("endless line 1: longer than 1000000 characters", e.getMessage());
        assertEquals(1, e.line());
    }

    private static void assertProblem(String text, String message) {
        TraceCsvException e = assertThrows(TraceCsvException.class, () -> {
            try (TraceCsv csv = open(text)) {
                while (csv.next() != null) {
                    assertTrue(csv.signals().size() > 0);
                }
            }
        });
        assertEquals(message, e.getMessage());
    }

    private static TraceCsv open(String text) throws IOException {
        return TraceCsv.open("test.csv", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
