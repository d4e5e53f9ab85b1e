package io.tfdc.mebo;

import java.util.Arrays;

/** The table of metrics that share the timestamp column of another one. */
final class SharedTimestampTable {
    private final Span blob;
    private final boolean big;
    private final int end;
    private final int[] owners;
    private int at;

    private SharedTimestampTable(Span blob, int start, int end, int metricCount, boolean big) {
        this.blob = blob;
        this.at = start;
        this.end = end;
        this.big = big;
        this.owners = new int[metricCount];
    }

    /** Per metric the metric whose timestamp column it reads; itself if it has its own. */
    static int[] none(int metricCount) {
        int[] owners = new int[metricCount];
        Arrays.setAll(owners, i -> i);
        return owners;
    }

    /** Reads the table between two blob offsets; the answer is that of {@link #none} with the members replaced. */
    static int[] parse(Span blob, int start, int end, int metricCount, boolean big) {
        SharedTimestampTable table = new SharedTimestampTable(blob, start, end, metricCount, big);
        return table.read();
    }

    private int[] read() {
        Arrays.fill(owners, -1);
        int groups = next("the number of groups");
        if (groups == 0) {
            throw fault(at - 2, "at least one group", "0");
        }
        for (int g = 0; g < groups; g++) {
            int canonical = claim(-1);
            int members = next("the number of members");
            for (int m = 0; m < members; m++) {
                claim(canonical);
            }
        }
        if (at != end) {
            throw fault(at, "the end of the table", (end - at) + " more bytes");
        }
        for (int i = 0; i < owners.length; i++) {
            if (owners[i] < 0) {
                owners[i] = i;
            }
        }
        return owners;
    }

    private int claim(int canonical) {
        int metric = next("a metric position");
        if (metric >= owners.length) {
            throw fault(at - 2, "a metric position below " + owners.length, String.valueOf(metric));
        }
        if (owners[metric] >= 0) {
            throw fault(at - 2, "each metric at most once", "metric " + metric + " again");
        }
        owners[metric] = canonical < 0 ? metric : canonical;
        return metric;
    }

    private int next(String what) {
        if (end - at < 2) {
            throw fault(at, what, "the end of the table");
        }
        int value = ByteAccess.u16(blob.bytes(), blob.from() + at, big);
        at += 2;
        return value;
    }

    private static MeboFormatException fault(int offset, String expected, String found) {
        return new MeboFormatException(MeboSection.SHARED_TIMESTAMP_TABLE, offset, expected, found);
    }
}
