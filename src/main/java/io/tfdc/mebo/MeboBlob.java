package io.tfdc.mebo;

import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * An opened blob: header, index, names and tables are checked, payloads are decompressed, columns are decoded on
 * request. Immutable and safe to share between threads. The bytes handed to {@code open} are kept, not copied: nobody
 * may write to them afterwards.
 */
public sealed interface MeboBlob permits NumericBlob, TextBlob {

    /**
     * Opens a blob that fills the whole array.
     *
     * @throws MeboFormatException if the bytes are not a well-formed blob within the limits
     */
    static MeboBlob open(byte[] bytes, MeboLimits limits) {
        return open(bytes, 0, bytes.length, limits);
    }

    /**
     * Opens a blob that fills a part of the array.
     *
     * @throws MeboFormatException if the bytes are not a well-formed blob within the limits
     * @throws IndexOutOfBoundsException if the part does not lie in the array
     */
    static MeboBlob open(byte[] bytes, int offset, int length, MeboLimits limits) {
        java.util.Objects.checkFromIndexSize(offset, length, bytes.length);
        Span blob = new Span(bytes, offset, offset + length);
        Layout layout = Layout.of(blob);
        return layout == Layout.TEXT ? TextBlob.open(blob, limits) : NumericBlob.open(blob, layout, limits);
    }

    Layout layout();

    ByteOrder byteOrder();

    /** Sort key of the blob, µs since 1970-01-01 UTC. */
    long startTime();

    boolean hasTags();

    /** Whether names are stored; ids are hashes of names in many blobs that store none. */
    boolean hasNames();

    int metricCount();

    /** Id of the metric at an index position. */
    long id(int metric);

    /** Stored name of the metric at an index position; null if the blob stores none. */
    @Nullable
    String name(int metric);

    /** Number of points of the metric at an index position. */
    int count(int metric);

    /**
     * Index position of the metric with this id, or -1. Of several with one id, version 1 and text find the last,
     * version 2 the first.
     */
    int find(long id);

    /**
     * Index position of the metric with this name, or -1; by stored name if names are stored, else by the name's hash.
     */
    int find(String name);
}
