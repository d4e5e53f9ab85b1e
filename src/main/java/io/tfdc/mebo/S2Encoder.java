package io.tfdc.mebo;

/** Writes S2 blocks that are plain Snappy blocks: literals, and copies from at most 64 KiB back. */
final class S2Encoder {
    private static final int TABLE_BITS = 14;
    private static final int MOST_BACK = 65535;

    private final byte[] in;
    private final int length;
    private final ByteSink out = new ByteSink();

    private S2Encoder(byte[] in, int length) {
        this.in = in;
        this.length = length;
    }

    static byte[] compress(byte[] payload, int length) {
        S2Encoder encoder = new S2Encoder(payload, length);
        encoder.run();
        return encoder.out.toArray();
    }

    private void run() {
        out.varint(length);
        int[] table = new int[1 << TABLE_BITS];
        int literalStart = 0;
        int at = 1;
        while (at + 4 <= length) {
            int word = ByteAccess.i32(in, at, false);
            int slot = (word * 0x1E35A7BD) >>> (32 - TABLE_BITS);
            int candidate = table[slot];
            table[slot] = at;
            if (at - candidate <= MOST_BACK && candidate < at && ByteAccess.i32(in, candidate, false) == word) {
                int match = 4;
                while (at + match < length && in[candidate + match] == in[at + match]) {
                    match++;
                }
                literal(literalStart, at);
                copy(at - candidate, match);
                at += match;
                literalStart = at;
            } else {
                at += 1 + ((at - literalStart) >> 5);
            }
        }
        literal(literalStart, length);
    }

    private void literal(int from, int to) {
        int n = to - from - 1;
        if (n < 0) {
            return;
        }
        if (n < 60) {
            out.u8(n << 2);
        } else {
            int extra = (39 - Integer.numberOfLeadingZeros(n)) / 8;
            out.u8((59 + extra) << 2);
            out.little(n, extra);
        }
        out.all(in, from, to - from);
    }

    private void copy(int offset, int match) {
        int rest = match;
        while (rest > 0) {
            int part = rest <= 64 ? rest : Math.min(64, rest - 4);
            if (part >= 4 && part <= 11 && offset < 2048) {
                out.u8(1 | ((part - 4) << 2) | ((offset >>> 8) << 5));
                out.u8(offset);
            } else {
                out.u8(2 | ((part - 1) << 2));
                out.little(offset, 2);
            }
            rest -= part;
        }
    }
}
