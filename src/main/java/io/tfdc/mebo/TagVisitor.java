package io.tfdc.mebo;

/** Takes the tags of a numeric metric one by one, in stored order. */
@FunctionalInterface
public interface TagVisitor {
    /**
     * Takes one tag.
     *
     * @param point position of the point in the metric
     * @param bytes array that holds the tag, UTF-8 by convention; not to be written to
     */
    void tag(int point, byte[] bytes, int offset, int length);
}
