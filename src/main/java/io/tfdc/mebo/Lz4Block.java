package io.tfdc.mebo;

import net.jpountz.lz4.LZ4Factory;
import org.jspecify.annotations.Nullable;

/**
 * Raw LZ4 blocks, which do not tell their decompressed length: a first walk over the sequences measures and checks it
 * before anything is allocated, the second one copies.
 *
 * <p>The Go library offers output buffers of 4, 8, 16 ... times the stored length up to 128 MiB and refuses what does
 * not fit the largest of them; so do we, so that both accept the same blobs.
 */
final class Lz4Block {
    private static final LZ4Factory LZ4 = LZ4Factory.fastestJavaInstance();

    private final byte[] in;
    private final int end;
    private final MeboSection section;
    private final int blobStart;
    private int at;

    private Lz4Block(Span stored, int blobStart, MeboSection section) {
        this.in = stored.bytes();
        this.at = stored.from();
        this.end = stored.to();
        this.blobStart = blobStart;
        this.section = section;
    }

    static byte[] decompress(Span stored, int blobStart, int limit, MeboSection section) {
        long length = new Lz4Block(stored, blobStart, section).walk(null);
        long allowed = Math.min(limit, largestBuffer(stored.length()));
        if (length > allowed) {
            throw new MeboFormatException(
                    section,
                    stored.from() - blobStart,
                    "LZ4: at most " + allowed + " decompressed bytes",
                    length + " bytes");
        }
        byte[] out = new byte[(int) length];
        new Lz4Block(stored, blobStart, section).walk(out);
        return out;
    }

    static byte[] compress(byte[] payload, int length) {
        return LZ4.fastCompressor().compress(payload, 0, length);
    }

    /** The longest output that readers accept for a stored length, in bytes; 0 if none. */
    static long largestBuffer(int storedLength) {
        long buffer = 4L * storedLength;
        if (storedLength == 0 || buffer > MeboLimits.MAX_DECOMPRESSED_BYTES) {
            return 0;
        }
        while (2 * buffer <= MeboLimits.MAX_DECOMPRESSED_BYTES) {
            buffer *= 2;
        }
        return buffer;
    }

    /** Goes through all sequences, writes them if there is an output array, and returns their length. */
    private long walk(byte @Nullable [] out) {
        long made = 0;
        while (at < end) {
            int token = in[at++] & 0xFF;
            long literals = extended(token >> 4);
            if (literals > end - at) {
                throw ended(literals + " literal bytes");
            }
            if (out != null) {
                System.arraycopy(in, at, out, (int) made, (int) literals);
            }
            at += (int) literals;
            made += literals;
            if (at == end) {
                return made;
            }
            int offset = matchOffset(made);
            long match = extended(token & 15) + 4;
            if (out != null) {
                S2Block.copyBack(out, (int) made, offset, (int) match);
            }
            made += match;
        }
        throw ended("a last sequence of literals");
    }

    private long extended(int nibble) {
        long length = nibble;
        int more = nibble == 15 ? 255 : 0;
        while (more == 255) {
            if (at == end) {
                throw ended("more of a length");
            }
            more = in[at++] & 0xFF;
            length += more;
        }
        return length;
    }

    private int matchOffset(long made) {
        if (end - at < 2) {
            throw ended("a 2-byte match offset");
        }
        int offset = ByteAccess.u16(in, at, false);
        if (offset == 0 || offset > made) {
            throw fault("a match offset of 1.." + made, String.valueOf(offset));
        }
        at += 2;
        return offset;
    }

    private MeboFormatException ended(String expected) {
        return fault(expected, "the end of the block");
    }

    private MeboFormatException fault(String expected, String found) {
        return new MeboFormatException(section, at - blobStart, "LZ4: " + expected, found);
    }
}
