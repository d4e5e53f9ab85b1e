package io.tfdc.mebo;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Damages blobs: flipped bits, cut and spliced parts, and fields of header and index set to values that break careless
 * readers.
 */
final class BlobMutator {
    private static final long[] HOSTILE = {
        0,
        1,
        2,
        7,
        8,
        9,
        15,
        16,
        31,
        32,
        33,
        127,
        128,
        255,
        256,
        0x7FFF,
        0x8000,
        0xFFFF,
        0x10000,
        0x7FFFFFFF,
        0x80000000L,
        0xFFFFFFFFL
    };
    private final Random random;
    private final List<byte[]> corpus;

    BlobMutator(Random random, List<byte[]> corpus) {
        this.random = random;
        this.corpus = corpus;
    }

    byte[] next() {
        byte[] blob = corpus.get(random.nextInt(corpus.size())).clone();
        int rounds = 1 + random.nextInt(3);
        for (int i = 0; i < rounds && blob.length > 0; i++) {
            blob = mutate(blob);
        }
        return blob;
    }

    private byte[] mutate(byte[] blob) {
        int at = position(blob.length);
        switch (random.nextInt(9)) {
            case 0 -> blob[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> blob[at] = (byte) random.nextInt();
            case 2 -> {
                return Arrays.copyOf(blob, at);
            }
            case 3 -> {
                byte[] longer = Arrays.copyOf(blob, blob.length + 1 + random.nextInt(40));
                longer[longer.length - 1] = (byte) random.nextInt();
                return longer;
            }
            case 4 -> setField(blob, at & ~1, 2);
            case 5 -> setField(blob, at & ~3, 4);
            case 6 -> setField(blob, 4 * random.nextInt(8), 4);
            case 7 -> splice(blob, at);
            default ->
                Arrays.fill(blob, at, Math.min(blob.length, at + 1 + random.nextInt(9)), (byte) -random.nextInt(2));
        }
        return blob;
    }

    /** Half of the time in header, names, index or table. */
    private int position(int length) {
        return random.nextInt(random.nextBoolean() ? Math.min(length, 160) : length);
    }

    private void setField(byte[] blob, int at, int size) {
        if (at + size > blob.length) {
            return;
        }
        long value =
                random.nextInt(5) == 0 ? blob.length - 2 + random.nextInt(4) : HOSTILE[random.nextInt(HOSTILE.length)];
        boolean big = random.nextInt(4) == 0;
        if (size == 2) {
            ByteAccess.putI16(blob, at, (int) value, big);
        } else {
            ByteAccess.putI32(blob, at, (int) value, big);
        }
    }

    private void splice(byte[] blob, int at) {
        byte[] other = corpus.get(random.nextInt(corpus.size()));
        int from = random.nextInt(other.length);
        int n = Math.min(1 + random.nextInt(64), Math.min(blob.length - at, other.length - from));
        System.arraycopy(other, from, blob, at, n);
    }
}
