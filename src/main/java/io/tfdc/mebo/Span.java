package io.tfdc.mebo;

/** The bytes {@code from} (inclusive) to {@code to} (exclusive) of an array that nobody writes to any more. */
record Span(byte[] bytes, int from, int to) {
    static final Span EMPTY = new Span(new byte[0], 0, 0);

    Span {
        java.util.Objects.checkFromToIndex(from, to, bytes.length);
    }

    static Span of(byte[] bytes) {
        return new Span(bytes, 0, bytes.length);
    }

    int length() {
        return to - from;
    }

    /** The part between two offsets that count from the start of this span. */
    Span part(int start, int end) {
        return new Span(bytes, from + start, from + end);
    }

    byte[] copy() {
        return java.util.Arrays.copyOfRange(bytes, from, to);
    }
}
