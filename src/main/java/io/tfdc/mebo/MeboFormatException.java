package io.tfdc.mebo;

/** The bytes are not a blob this codec accepts. Permanent: reading the same bytes again fails in the same way. */
public final class MeboFormatException extends RuntimeException {
    private final MeboSection section;
    private final long offset;
    private final int metric;
    private final String expected;
    private final String found;

    MeboFormatException(MeboSection section, long offset, String expected, String found) {
        this(section, offset, -1, expected, found);
    }

    MeboFormatException(MeboSection section, long offset, int metric, String expected, String found) {
        super(section.label() + " at offset " + offset + ": expected " + expected + ", found " + found
                + (metric < 0 ? "" : " (metric #" + metric + ")"));
        this.section = section;
        this.offset = offset;
        this.metric = metric;
        this.expected = expected;
        this.found = found;
    }

    public MeboSection section() {
        return section;
    }

    /** Byte offset of the fault, counted as {@link MeboSection} says. */
    public long offset() {
        return offset;
    }

    /** Index position of the metric whose column is damaged, or -1 when the fault concerns the whole blob. */
    public int metric() {
        return metric;
    }

    public String expected() {
        return expected;
    }

    public String found() {
        return found;
    }
}
