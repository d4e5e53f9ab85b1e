package io.tfdc.clustersim;

import java.util.List;

/**
 * A promise that was broken.
 *
 * @param invariant which
 * @param atNanos virtual time
 * @param text what is wrong, in words
 * @param timeline what led to it, oldest first
 */
public record Violation(Invariant invariant, long atNanos, String text, List<String> timeline) {
    /** The violation as people read it, with the last lines of the timeline. */
    public String report(int lines) {
        List<String> last = timeline.subList(Math.max(0, timeline.size() - lines), timeline.size());
        return String.join("\n", last) + "\n" + VirtualTime.seconds(atNanos) + " s: " + invariant + ": " + text;
    }
}
