package io.tfdc.mebo;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.util.Arrays;

/**
 * Zstandard frames (RFC 8878), several and skippable ones included. The block headers are walked before anything is
 * decompressed: they bound the output, so that a content size which the blocks cannot yield allocates nothing.
 */
final class ZstdFrames {
    private static final int MAGIC = 0xFD2FB528;
    private static final int SKIPPABLE = 0x184D2A50;
    private static final int MAX_BLOCK = 128 << 10;
    private static final int LEVEL = 3;

    private final byte[] in;
    private final int end;
    private final MeboSection section;
    private final int blobStart;
    private int at;

    /** Claimed content size of all frames together, -1 as soon as one does not claim any. */
    private long claimed;

    /** What all blocks can yield at most. */
    private long bound;

    private ZstdFrames(Span stored, int blobStart, MeboSection section) {
        this.in = stored.bytes();
        this.at = stored.from();
        this.end = stored.to();
        this.blobStart = blobStart;
        this.section = section;
    }

    static byte[] decompress(Span stored, int blobStart, int limit, MeboSection section) {
        ZstdFrames frames = new ZstdFrames(stored, blobStart, section);
        while (frames.at < frames.end) {
            frames.frame();
        }
        return frames.inflate(stored, limit);
    }

    static byte[] compress(byte[] payload, int length) {
        byte[] out = new byte[(int) Zstd.compressBound(length)];
        long size = Zstd.compressByteArray(out, 0, out.length, payload, 0, length, LEVEL);
        if (Zstd.isError(size)) {
            throw new MeboWriteException("zstd: " + Zstd.getErrorName(size));
        }
        return Arrays.copyOf(out, (int) size);
    }

    private byte[] inflate(Span stored, int limit) {
        if (claimed > limit) {
            throw fault(stored.from(), "at most " + limit + " decompressed bytes", claimed + " claimed");
        }
        if (claimed > bound) {
            throw fault(stored.from(), "a content size of at most " + bound, claimed + " claimed");
        }
        long most = Math.min(bound, limit);
        long size = claimed >= 0 ? claimed : Math.min(most, Math.max(1024, 8L * stored.length()));
        while (true) {
            byte[] out = new byte[(int) size];
            try {
                long made =
                        Zstd.decompressByteArray(out, 0, out.length, stored.bytes(), stored.from(), stored.length());
                if (!Zstd.isError(made)) {
                    return made == out.length ? out : Arrays.copyOf(out, (int) made);
                }
                if (Zstd.getErrorCode(made) != Zstd.errDstSizeTooSmall() || claimed >= 0 || size >= most) {
                    throw refused(stored, Zstd.getErrorName(made), limit);
                }
            } catch (ZstdException e) {
                if (e.getErrorCode() != Zstd.errDstSizeTooSmall() || claimed >= 0 || size >= most) {
                    throw refused(stored, String.valueOf(e.getMessage()), limit);
                }
            }
            size = Math.min(most, 4 * size);
        }
    }

    private MeboFormatException refused(Span stored, String reason, int limit) {
        return fault(stored.from(), "a frame that decompresses to at most " + limit + " bytes", reason);
    }

    private void frame() {
        int start = at;
        int magic = (int) take(4);
        if ((magic & 0xFFFF_FFF0) == SKIPPABLE) {
            skip(take(4));
            return;
        }
        if (magic != MAGIC) {
            throw fault(start, "magic number fd2fb528", Integer.toHexString(magic));
        }
        int descriptor = (int) take(1);
        boolean singleSegment = (descriptor & 0x20) != 0;
        if (!singleSegment) {
            skip(1);
        }
        int dictionary = descriptor & 3;
        if (take(dictionary == 3 ? 4 : dictionary) != 0) {
            throw fault(start, "no dictionary", "a dictionary id");
        }
        contentSize(descriptor >>> 6, singleSegment, start);
        blocks();
        if ((descriptor & 4) != 0) {
            skip(4);
        }
    }

    private void contentSize(int flag, boolean singleSegment, int start) {
        if (flag == 0 && !singleSegment) {
            claimed = -1;
            return;
        }
        long size = take(1 << flag) + (flag == 1 ? 256 : 0);
        if (size < 0 || size > Integer.MAX_VALUE) {
            throw fault(
                    start, "a content size of at most " + Integer.MAX_VALUE, Long.toUnsignedString(size) + " claimed");
        }
        claimed = claimed < 0 ? claimed : claimed + size;
    }

    private void blocks() {
        boolean last;
        do {
            int start = at;
            int head = (int) take(3);
            last = (head & 1) != 0;
            int type = (head >>> 1) & 3;
            int size = head >>> 3;
            if (type == 3) {
                throw fault(start, "block type 0..2", "3");
            }
            skip(type == 1 ? 1 : size);
            bound += type == 2 ? MAX_BLOCK : size;
        } while (!last);
    }

    private long take(int count) {
        int start = at;
        skip(count);
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= (in[start + i] & 0xFFL) << (8 * i);
        }
        return value;
    }

    private void skip(long count) {
        if (count > end - at) {
            throw fault(at, count + " more bytes", (end - at) + " bytes");
        }
        at += (int) count;
    }

    private MeboFormatException fault(int position, String expected, String found) {
        return new MeboFormatException(section, position - blobStart, "zstd: " + expected, found);
    }
}
