package io.tfdc.mebo;

import org.jspecify.annotations.Nullable;

/** Layout of a blob, told by its magic number. */
public enum Layout {
    /** Numeric, 16-byte index entries in insertion order. */
    V1(0xEA10),
    /** Numeric, 16-byte index entries by ascending unsigned id. */
    V2(0xEA20),
    /** Numeric, 32-byte index entries by ascending unsigned id. */
    V2_EXTENDED(0xEA30),
    /** Text rows. */
    TEXT(0xEB10);

    private final int magic;

    Layout(int magic) {
        this.magic = magic;
    }

    int magic() {
        return magic;
    }

    /** Whether the bytes begin with the magic number of a blob. */
    public static boolean isBlob(byte[] bytes) {
        return bytes.length >= 2 && ofMagic(ByteAccess.u16(bytes, 0, false) & 0xFFF0) != null;
    }

    static Layout of(Span blob) {
        if (blob.length() < 2) {
            throw new MeboFormatException(
                    MeboSection.HEADER, 0, "a 32-byte header", "a blob of " + blob.length() + " bytes");
        }
        int magic = ByteAccess.u16(blob.bytes(), blob.from(), false) & 0xFFF0;
        Layout layout = ofMagic(magic);
        if (layout == null) {
            throw new MeboFormatException(
                    MeboSection.HEADER, 0, "magic number ea10, ea20, ea30 or eb10", Integer.toHexString(magic));
        }
        return layout;
    }

    private static @Nullable Layout ofMagic(int magic) {
        for (Layout layout : values()) {
            if (layout.magic == magic) {
                return layout;
            }
        }
        return null;
    }
}
