package io.tfdc.spc;

/** What limits say about a value. */
public enum Verdict {
    WITHIN,
    ABOVE,
    BELOW,
    /** The value is missing or the limits cannot judge. */
    UNKNOWN;

    public boolean isOutside() {
        return this == ABOVE || this == BELOW;
    }
}
