package io.tfdc.model;

/**
 * A status variable of a chamber as a T-chart carries it.
 *
 * @param metricId the metric's id in the Mebo blobs, unsigned; XXH64 of the name where the producer used names
 * @param name 1 to 128 characters, unique within its T-chart
 * @param unit engineering unit, may be empty
 */
public record Svid(long metricId, String name, String unit) {
    public Svid {
        Names.requiredText("SVID name", name, 128);
        Names.text("unit of SVID " + name, unit, 32);
    }
}
