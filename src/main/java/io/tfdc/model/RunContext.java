package io.tfdc.model;

import java.time.Instant;
import java.util.Map;

/**
 * What is known of a run besides its samples. Attributes select strategies, partition charts and label alarms; the names
 * in use are {@code toolType recipe recipeVersion product lot wafer slot waferType e10State}, others are carried along.
 *
 * @param id the run
 * @param start first sample
 * @param end last sample, not before {@code start}; the run's place in the chamber's history
 * @param attributes at most 64 labels; keys of {@code A-Z a-z 0-9 _ -}, values up to 256 characters
 */
public record RunContext(RunId id, Instant start, Instant end, Map<String, String> attributes) {
    public static final String TOOL_TYPE = "toolType";
    public static final String RECIPE = "recipe";
    public static final String RECIPE_VERSION = "recipeVersion";
    public static final String WAFER_TYPE = "waferType";
    public static final String LOT = "lot";
    public static final String WAFER = "wafer";

    public RunContext {
        if (end.isBefore(start)) {
            throw new IllegalArgumentException("run " + id + ": ends at " + end + " before it starts at " + start);
        }
        attributes = Names.labels("run " + id + " attributes", attributes, 64);
    }

    /** The attribute's value, or the empty string. {@code tool} and {@code chamber} are attributes too. */
    public String attribute(String name) {
        return switch (name) {
            case "tool" -> id.chamber().tool();
            case "chamber" -> id.chamber().chamber();
            default -> attributes.getOrDefault(name, "");
        };
    }
}
