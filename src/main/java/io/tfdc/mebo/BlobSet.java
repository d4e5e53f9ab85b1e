package io.tfdc.mebo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Several blobs read as one: numeric and text blobs, each sorted by start time; the points of a metric are those of the
 * blobs one after another. Points are neither merged by timestamp nor checked for overlap nor freed of duplicates.
 * Blobs of equal start time keep the order they were given in.
 */
public final class BlobSet {
    private final List<NumericBlob> numeric;
    private final List<TextBlob> text;

    private BlobSet(List<NumericBlob> numeric, List<TextBlob> text) {
        this.numeric = numeric;
        this.text = text;
    }

    public static BlobSet of(Collection<? extends MeboBlob> blobs) {
        List<MeboBlob> sorted = new ArrayList<>(blobs);
        sorted.sort(Comparator.comparingLong(MeboBlob::startTime));
        List<NumericBlob> numeric = new ArrayList<>();
        List<TextBlob> text = new ArrayList<>();
        for (MeboBlob blob : sorted) {
            if (blob instanceof NumericBlob n) {
                numeric.add(n);
            } else if (blob instanceof TextBlob t) {
                text.add(t);
            }
        }
        return new BlobSet(List.copyOf(numeric), List.copyOf(text));
    }

    /**
     * Opens all inputs that carry the magic number of a blob; others are left out silently.
     *
     * @throws MeboFormatException if an input with a known magic number is damaged
     */
    public static BlobSet open(Collection<byte[]> inputs, MeboLimits limits) {
        List<MeboBlob> blobs = new ArrayList<>();
        for (byte[] input : inputs) {
            if (Layout.isBlob(input)) {
                blobs.add(MeboBlob.open(input, limits));
            }
        }
        return of(blobs);
    }

    /** By ascending start time. */
    public List<NumericBlob> numericBlobs() {
        return numeric;
    }

    /** By ascending start time. */
    public List<TextBlob> textBlobs() {
        return text;
    }

    /** Points of a numeric metric in all blobs. */
    public long count(long id) {
        return count(numeric, blob -> blob.find(id));
    }

    /** Points of a numeric metric in all blobs. */
    public long count(String name) {
        return count(numeric, blob -> blob.find(name));
    }

    /** Rows of a text metric in all blobs. */
    public long textCount(long id) {
        return count(text, blob -> blob.find(id));
    }

    /** Rows of a text metric in all blobs. */
    public long textCount(String name) {
        return count(text, blob -> blob.find(name));
    }

    /** Decodes all points of a numeric metric into arrays that hold at least {@code count(id)}; returns how many. */
    public int decode(long id, long[] timestamps, double[] values) {
        int done = 0;
        for (NumericBlob blob : numeric) {
            int metric = blob.find(id);
            if (metric >= 0) {
                blob.decodeTimestamps(metric, timestamps, done);
                done += blob.decodeValues(metric, values, done);
            }
        }
        return done;
    }

    public void forEach(long id, PointVisitor visitor) {
        forEach(blob -> blob.find(id), visitor);
    }

    public void forEach(String name, PointVisitor visitor) {
        forEach(blob -> blob.find(name), visitor);
    }

    /** Hands out the tags of a numeric metric; the point position runs on over the blobs. */
    public void forEachTag(long id, TagVisitor visitor) {
        int before = 0;
        for (NumericBlob blob : numeric) {
            int metric = blob.find(id);
            if (metric >= 0) {
                int base = before;
                blob.forEachTag(metric, (point, bytes, at, length) -> visitor.tag(base + point, bytes, at, length));
                before += blob.count(metric);
            }
        }
    }

    public void forEachRow(long id, TextVisitor visitor) {
        forEachRow(blob -> blob.find(id), visitor);
    }

    public void forEachRow(String name, TextVisitor visitor) {
        forEachRow(blob -> blob.find(name), visitor);
    }

    private void forEach(ToIntFunction<MeboBlob> position, PointVisitor visitor) {
        for (NumericBlob blob : numeric) {
            int metric = position.applyAsInt(blob);
            if (metric >= 0) {
                blob.forEach(metric, visitor);
            }
        }
    }

    private void forEachRow(ToIntFunction<MeboBlob> position, TextVisitor visitor) {
        for (TextBlob blob : text) {
            int metric = position.applyAsInt(blob);
            if (metric >= 0) {
                blob.forEach(metric, visitor);
            }
        }
    }

    private static long count(List<? extends MeboBlob> blobs, ToIntFunction<MeboBlob> position) {
        long points = 0;
        for (MeboBlob blob : blobs) {
            int metric = position.applyAsInt(blob);
            points += metric < 0 ? 0 : blob.count(metric);
        }
        return points;
    }
}
