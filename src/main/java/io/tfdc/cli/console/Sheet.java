package io.tfdc.cli.console;

import io.tfdc.cli.terminal.StyledLine;
import java.util.List;

/** Everything that a page has to say, however many lines that takes; the screen shows what fits. */
interface Sheet {
    /**
     * All lines.
     *
     * @param pen starts lines
     */
    List<String> lines(Snapshot now, Rates rates, Pen pen);

    /**
     * Starts lines of a width.
     *
     * @param room lines that are seen at once; a page of summaries divides them among its parts
     */
    record Pen(int width, int room, boolean colours) {
        StyledLine line() {
            return new StyledLine(width, colours);
        }
    }
}
