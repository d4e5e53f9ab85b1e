package io.tfdc.mebo;

/**
 * One row of a text metric.
 *
 * @param timestamp by convention µs since 1970-01-01 UTC
 * @param tag empty in a blob without tags
 */
public record TextPoint(long timestamp, String value, String tag) {}
