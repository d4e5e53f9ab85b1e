package io.tfdc.uchart;

import io.tfdc.model.RunId;

/**
 * A T-chart that can't be turned into a trace: a damaged blob, or more than the limits allow. Permanent: the same T-chart fails
 * again in the same way.
 */
public final class TraceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RunId run;
    private final int blob;
    private final String section;
    private final long offset;

    /** A damaged blob. */
    TraceException(RunId run, int blob, String section, long offset, String message, Throwable cause) {
        super("T-chart " + run + ", blob " + blob + ": " + message, cause);
        this.run = run;
        this.blob = blob;
        this.section = section;
        this.offset = offset;
    }

    /** A T-chart that is wrong as a whole. */
    TraceException(RunId run, String message) {
        super("T-chart " + run + ": " + message);
        this.run = run;
        this.blob = -1;
        this.section = "";
        this.offset = -1;
    }

    public RunId run() {
        return run;
    }

    /** Position of the damaged blob in the T-chart, from 0; -1 when no single blob is at fault. */
    public int blob() {
        return blob;
    }

    /** Section of the blob where the fault was found, empty when no single blob is at fault. */
    public String section() {
        return section;
    }

    /** Byte offset within the section's frame of reference, or -1. */
    public long offset() {
        return offset;
    }
}
