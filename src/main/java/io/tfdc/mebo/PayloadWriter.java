package io.tfdc.mebo;

/** Applies the codec of a payload. */
final class PayloadWriter {
    private PayloadWriter() {}

    /** Refuses payloads that no reader would accept. */
    static byte[] compress(Codec codec, ByteSink payload, String what) {
        int length = payload.size();
        if (length == 0 || codec == Codec.NONE) {
            return payload.toArray();
        }
        if (length > MeboLimits.MAX_DECOMPRESSED_BYTES) {
            throw new MeboWriteException(what + " payload of " + length + " bytes: expected at most "
                    + MeboLimits.MAX_DECOMPRESSED_BYTES + " with codec " + codec);
        }
        byte[] stored = switch (codec) {
            case ZSTD -> ZstdFrames.compress(payload.array(), length);
            case S2 -> S2Encoder.compress(payload.array(), length);
            case LZ4 -> Lz4Block.compress(payload.array(), length);
            case NONE -> throw new IllegalStateException("no codec");
        };
        if (codec == Codec.LZ4 && length > Lz4Block.largestBuffer(stored.length)) {
            throw new MeboWriteException(what + " payload of " + length + " bytes, " + stored.length
                    + " stored: readers offer an LZ4 block of this size at most "
                    + Lz4Block.largestBuffer(stored.length) + " bytes");
        }
        return stored;
    }
}
