package io.tfdc.mebo;

/**
 * S2 blocks (a superset of Snappy blocks). Decoding walks the elements twice: first without output, to prove that they
 * yield the claimed length, then into an array of exactly that length; so a claim alone allocates nothing.
 */
final class S2Block {
    private final byte[] in;
    private final int from;
    private final int end;
    private final MeboSection section;
    private final int blobStart;

    /** Read position, and what the last element said. */
    private int at;

    private int literal;
    private int copy;
    private int offset;

    private S2Block(Span stored, int blobStart, MeboSection section) {
        this.in = stored.bytes();
        this.from = stored.from();
        this.end = stored.to();
        this.section = section;
        this.blobStart = blobStart;
    }

    static byte[] decompress(Span stored, int blobStart, int limit, MeboSection section) {
        return new S2Block(stored, blobStart, section).decode(limit);
    }

    private byte[] decode(int limit) {
        at = from;
        long claimed = claimedLength();
        if (claimed > limit) {
            throw fault(from, "at most " + limit + " decompressed bytes", claimed + " claimed");
        }
        int body = at;
        measure(claimed);
        byte[] out = new byte[(int) claimed];
        at = body;
        offset = 0;
        int made = 0;
        while (at < end) {
            next();
            if (literal > 0) {
                System.arraycopy(in, at, out, made, literal);
                at += literal;
                made += literal;
            } else {
                copyBack(out, made, offset, copy);
                made += copy;
            }
        }
        return out;
    }

    /** Copies bytes that start {@code offset} back, byte by byte forward in effect. */
    static void copyBack(byte[] out, int at, int offset, int length) {
        int source = at - offset;
        if (offset >= length) {
            System.arraycopy(out, source, out, at, length);
        } else {
            for (int i = 0; i < length; i++) {
                out[at + i] = out[source + i];
            }
        }
    }

    private void measure(long claimed) {
        offset = 0;
        long made = 0;
        while (at < end) {
            int element = at;
            next();
            if (literal > 0) {
                if (literal > end - at) {
                    throw fault(element, literal + " literal bytes", (end - at) + " bytes");
                }
                at += literal;
            } else if (offset <= 0 || offset > made) {
                throw fault(element, "a copy offset of 1.." + made, Integer.toUnsignedString(offset));
            }
            made += literal + copy;
            if (made > claimed) {
                throw fault(element, claimed + " bytes of output", "more");
            }
        }
        if (made != claimed) {
            throw fault(at, claimed + " bytes of output", made + " bytes");
        }
    }

    /**
     * Reads one element head: either {@link #literal} or {@link #copy} is set. The offset of a repeat is that of the
     * copy before.
     */
    private void next() {
        int tag = in[at++] & 0xFF;
        literal = 0;
        copy = 0;
        switch (tag & 3) {
            case 0 -> {
                int length = tag >> 2;
                long value = length < 60 ? length : little(length - 59);
                if (value >= Integer.MAX_VALUE) {
                    throw fault(at, "a literal inside the block", (value + 1) + " bytes");
                }
                literal = (int) value + 1;
            }
            case 1 -> {
                int low = (int) little(1);
                int length = (tag >> 2) & 7;
                int distance = ((tag & 0xE0) << 3) | low;
                if (distance != 0) {
                    offset = distance;
                    copy = length + 4;
                } else {
                    copy = repeatLength(length);
                }
            }
            case 2 -> {
                offset = (int) little(2);
                copy = (tag >> 2) + 1;
            }
            default -> {
                offset = (int) little(4);
                copy = (tag >> 2) + 1;
            }
        }
    }

    private int repeatLength(int length) {
        return switch (length) {
            case 5 -> 8 + (int) little(1);
            case 6 -> 260 + (int) little(2);
            case 7 -> 65540 + (int) little(3);
            default -> length + 4;
        };
    }

    private long little(int count) {
        if (count > end - at) {
            throw fault(at, count + " more bytes of an element", "the end of the block");
        }
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= (in[at++] & 0xFFL) << (8 * i);
        }
        return value;
    }

    private long claimedLength() {
        long value = 0;
        for (int i = 0; i < 5; i++) {
            if (at >= end) {
                throw fault(at, "the decompressed length", "the end of the block");
            }
            int b = in[at++];
            value |= (b & 0x7FL) << (7 * i);
            if (b >= 0) {
                if (value > 0xFFFF_FFFFL) {
                    break;
                }
                return value;
            }
        }
        throw fault(from, "a decompressed length below 2^32", "a longer number");
    }

    private MeboFormatException fault(int position, String expected, String found) {
        return new MeboFormatException(section, position - blobStart, "S2: " + expected, found);
    }
}
