package io.tfdc.mebo;

import org.jspecify.annotations.Nullable;

/** Compression of a whole payload. */
public enum Codec {
    NONE(1),
    ZSTD(2),
    S2(3),
    LZ4(4);

    private final int code;

    Codec(int code) {
        this.code = code;
    }

    /** The number in the header. */
    public int code() {
        return code;
    }

    static @Nullable Codec ofCode(int code) {
        return switch (code) {
            case 1 -> NONE;
            case 2 -> ZSTD;
            case 3 -> S2;
            case 4 -> LZ4;
            default -> null;
        };
    }
}
