package io.tfdc.mebo;

/** Takes the rows of a text metric one by one, in stored order. */
@FunctionalInterface
public interface TextVisitor {
    /**
     * Takes one row.
     *
     * @param timestamp by convention µs since 1970-01-01 UTC
     * @param bytes array that holds value and tag, UTF-8 by convention; not to be written to
     * @param tagLength 0 in a blob without tags
     */
    void row(long timestamp, byte[] bytes, int valueOffset, int valueLength, int tagOffset, int tagLength);
}
