package io.tfdc.mebo;

/** Undoes the codec of a payload as it is stored in a blob. */
final class StoredPayload {
    private StoredPayload() {}

    /** The decompressed payload; without a codec these are the bytes of the blob themselves. */
    static Span decompress(Span blob, int start, int end, Codec codec, int limit, MeboSection section) {
        Span stored = blob.part(start, end);
        if (stored.length() == 0 || codec == Codec.NONE) {
            return stored;
        }
        return Span.of(
                switch (codec) {
                    case ZSTD -> ZstdFrames.decompress(stored, blob.from(), limit, section);
                    case S2 -> S2Block.decompress(stored, blob.from(), limit, section);
                    case LZ4 -> Lz4Block.decompress(stored, blob.from(), limit, section);
                    case NONE -> throw new IllegalStateException("no codec");
                });
    }
}
