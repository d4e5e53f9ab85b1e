package io.tfdc.mebo;

import org.jspecify.annotations.Nullable;

/** How the values of a metric are written; all of them keep every bit. */
public enum ValueEncoding {
    RAW(1),
    GORILLA(3),
    CHIMP(4),
    ALP(6);

    private final int code;

    ValueEncoding(int code) {
        this.code = code;
    }

    /** The number in the header. */
    public int code() {
        return code;
    }

    static @Nullable ValueEncoding ofCode(int code) {
        return switch (code) {
            case 1 -> RAW;
            case 3 -> GORILLA;
            case 4 -> CHIMP;
            case 6 -> ALP;
            default -> null;
        };
    }
}
