package io.tfdc.mebo;

/** Takes the points of a numeric metric one by one, in stored order. */
@FunctionalInterface
public interface PointVisitor {
    /**
     * Takes one point.
     *
     * @param timestamp by convention µs since 1970-01-01 UTC
     */
    void point(long timestamp, double value);
}
