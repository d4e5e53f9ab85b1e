package io.tfdc.mebo;

/**
 * The encoded bytes of one metric in one decompressed payload, and how to report a fault in them.
 *
 * @param payloadStart array position where the payload starts; offsets in failures count from here
 * @param count items the index promises
 * @param exact whether the items must use up all bytes; a timestamp column shared by metrics of different lengths
 *     need not
 */
record Column(
        MeboSection section, int metric, byte[] bytes, int from, int to, int payloadStart, int count, boolean exact) {

    int length() {
        return to - from;
    }

    MeboFormatException fault(long position, String expected, String found) {
        return new MeboFormatException(section, position - payloadStart, metric, expected, found);
    }

    MeboFormatException ended(long position, int item) {
        return fault(position, "item " + item + " of " + count, "the end of the column");
    }

    /** To be called with the position behind the last item. */
    void checkEnd(long position) {
        if (exact && position != to) {
            throw fault(position, "the end of the column after " + count + " items", (to - position) + " more bytes");
        }
    }
}
