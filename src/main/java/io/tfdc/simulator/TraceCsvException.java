package io.tfdc.simulator;

import java.io.IOException;

/** A trace file that cannot be read; the message names the file, the line and what was expected. */
public final class TraceCsvException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long line;

    TraceCsvException(String file, long line, String problem) {
        super(file + " line " + line + ": " + problem);
        this.line = line;
    }

    /** Line number from 1. */
    public long line() {
        return line;
    }
}
