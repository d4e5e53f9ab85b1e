package io.tfdc.model;

/**
 * A process chamber of a tool, the unit of assignment.
 *
 * @param tool tool identifier, 1 to 64 of {@code A-Z a-z 0-9 _ -}
 * @param chamber chamber name, unique within its tool only, same alphabet
 */
public record ChamberId(String tool, String chamber) implements Comparable<ChamberId> {
    public ChamberId {
        Names.token("tool id", tool, 64);
        Names.token("chamber id", chamber, 64);
    }

    /** Parses {@code tool:chamber}. */
    public static ChamberId parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("chamber: expected tool:chamber, found \"" + text + '"');
        }
        return new ChamberId(text.substring(0, colon), text.substring(colon + 1));
    }

    @Override
    public int compareTo(ChamberId other) {
        int byTool = tool.compareTo(other.tool);
        return byTool != 0 ? byTool : chamber.compareTo(other.chamber);
    }

    /** {@code tool:chamber}. */
    @Override
    public String toString() {
        return tool + ':' + chamber;
    }
}
