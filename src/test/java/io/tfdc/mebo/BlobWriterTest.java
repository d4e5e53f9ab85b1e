package io.tfdc.mebo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlobWriterTest {
    private static final String FIRST = "caBH6ukkeyGt6GbM2Q/GQWdV9phV.bE/IRPl2pUIa2JX3GtlH1o4yiJESlYtNMDN";
    private static final String SECOND = "JYi-U15eeyGt6GbM2Q/GQWdV9phV.bE/m._yjyODa2JX3GtlH1o4yiJESlYtNMDN";
    private static final NumericOptions PLAIN = NumericOptions.DEFAULT;

    @Test
    void idsAreHashesOfNames() {
        assertEquals("194dbe1fe219998a", MetricId.format(MetricId.ofName("cpu.usage")));
        assertEquals("ef46db3751d8e999", MetricId.format(MetricId.ofName("")));
        assertEquals(MetricId.ofName(FIRST), MetricId.ofName(SECOND));
    }

    @Test
    void collidingNamesAreStoredAndFoundEachByItsName() {
        for (boolean version2 : new boolean[] {false, true}) {
            NumericBlob blob = open(new NumericBlobWriter(PLAIN.withVersion2(version2), 0)
                    .add("zzz", new long[] {1}, new double[] {1}, 0, 1)
                    .add(SECOND, new long[] {2}, new double[] {2}, 0, 1)
                    .add(FIRST, new long[] {3}, new double[] {3}, 0, 1)
                    .finish());
            assertTrue(blob.hasNames());
            for (String name : List.of("zzz", FIRST, SECOND)) {
                assertEquals(name, blob.name(blob.find(name)));
            }
            assertEquals(-1, blob.find("none"));
        }
    }

    @Test
    void whatDoesNotFitALayoutIsRefused() {
        assertRefused("id 0", () -> writer().add(0, new long[1], new double[1], 0, 1));
        assertRefused("at least one point", () -> writer().add(1, new long[1], new double[1], 0, 0));
        assertRefused("at least one metric", () -> writer().finish());
        assertRefused(
                "added before",
                () -> writer().add(1, new long[1], new double[1], 0, 1).add(1, new long[1], new double[1], 0, 1));
        assertRefused(
                "ids or names",
                () -> writer().add(1, new long[1], new double[1], 0, 1).add("x", new long[1], new double[1], 0, 1));
        assertRefused("at most 7281 points", () -> writer().add(1, new long[7282], new double[7282], 0, 7282));
        assertRefused("switched off", () -> writer().add(1, new long[1], new double[1], 0, 1, new byte[1][]));
        assertRefused(
                "at most 255 bytes",
                () -> new TextBlobWriter(TextOptions.DEFAULT, 0).add(1, new long[1], List.of(new byte[256]), null));
        assertThrows(IndexOutOfBoundsException.class, () -> writer().add(1, new long[1], new double[2], 0, 2));
    }

    @Test
    void version1RefusesColumnsThatItsIndexCannotPlace() {
        NumericOptions tagged = PLAIN.withTags(true);
        byte[][] tags = {new byte[70_000]};
        long[] time = {1};
        double[] value = {1};
        NumericBlobWriter last =
                new NumericBlobWriter(tagged, 0).add(2, time, value, 0, 1).add(1, time, value, 0, 1, tags);
        assertEquals(70_003, open(last.finish()).tagBytes(1));
        NumericBlobWriter notLast =
                new NumericBlobWriter(tagged, 0).add(1, time, value, 0, 1, tags).add(2, time, value, 0, 1);
        assertRefused("version 2", notLast::finish);
        NumericBlob wide = open(new NumericBlobWriter(tagged.withVersion2(true), 0)
                .add(1, time, value, 0, 1, tags)
                .add(2, time, value, 0, 1)
                .finish());
        assertEquals(Layout.V2_EXTENDED, wide.layout());
    }

    @Test
    void equalTimestampsAreStoredOnce() {
        long[] times = {1, 2, 3};
        NumericBlob blob = open(new NumericBlobWriter(PLAIN.withSharedTimestamps(true), 0)
                .add(5, times, new double[3], 0, 3)
                .add(4, new long[] {9, 9, 9}, new double[3], 0, 3)
                .add(3, times, new double[3], 0, 3)
                .finish());
        assertEquals(0, blob.find(3));
        assertEquals(0, blob.timestampOwner(2));
        assertEquals(1, blob.timestampOwner(1));
        assertEquals(0, blob.timestampBytes(2));
    }

    @Test
    void textOfAllLengthsIsWritten() {
        byte[] longest = "é".repeat(127).concat("x").getBytes(StandardCharsets.UTF_8);
        TextBlob blob = (TextBlob) MeboBlob.open(
                new TextBlobWriter(TextOptions.DEFAULT, 0)
                        .add("m", List.of(new TextPoint(1, new String(longest, StandardCharsets.UTF_8), "")))
                        .finish(),
                MeboLimits.DEFAULT);
        assertEquals(255, blob.points(0).get(0).value().getBytes(StandardCharsets.UTF_8).length);
    }

    private static NumericBlobWriter writer() {
        return new NumericBlobWriter(PLAIN, 0);
    }

    private static NumericBlob open(byte[] bytes) {
        return (NumericBlob) MeboBlob.open(bytes, MeboLimits.DEFAULT);
    }

    private static void assertRefused(String message, Runnable write) {
        MeboWriteException refused = assertThrows(MeboWriteException.class, write::run);
        assertTrue(String.valueOf(refused.getMessage()).contains(message), refused::toString);
    }
}
