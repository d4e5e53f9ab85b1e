package io.tfdc.mebo;

import org.jspecify.annotations.Nullable;

/** How the timestamps of a metric are written. */
public enum TimestampEncoding {
    RAW(1),
    DELTA(2),
    DELTA_PACKED(5);

    private final int code;

    TimestampEncoding(int code) {
        this.code = code;
    }

    /** The number in the header. */
    public int code() {
        return code;
    }

    static @Nullable TimestampEncoding ofCode(int code) {
        return switch (code) {
            case 1 -> RAW;
            case 2 -> DELTA;
            case 5 -> DELTA_PACKED;
            default -> null;
        };
    }
}
