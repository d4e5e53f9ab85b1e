package io.tfdc.cli.terminal;

/** A line of a given greatest width; what does not fit is cut off. */
public final class StyledLine {
    private final int width;
    private final boolean colours;
    private final StringBuilder text = new StringBuilder();
    private int length;

    public StyledLine(int width, boolean colours) {
        this.width = width;
        this.colours = colours;
    }

    public StyledLine add(String piece) {
        return add(piece, Style.PLAIN);
    }

    public StyledLine add(String piece, Style style) {
        int fits = Math.min(piece.codePointCount(0, piece.length()), width - length);
        String shown = piece.substring(0, piece.offsetByCodePoints(0, Math.max(0, fits)));
        text.append(colours ? style.apply(shown) : shown);
        length += Math.max(0, fits);
        return this;
    }

    /** Moves to a column with blanks; at least one blank if the line is already there. */
    public StyledLine to(int column) {
        return add(" ".repeat(Math.max(1, column - length)));
    }

    public int room() {
        return width - length;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
