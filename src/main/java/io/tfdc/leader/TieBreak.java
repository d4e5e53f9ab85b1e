package io.tfdc.leader;

import java.nio.charset.StandardCharsets;
import net.jpountz.xxhash.XXHash64;
import net.jpountz.xxhash.XXHashFactory;

/**
 * Chooses between members that are equally good for a chamber: the same way in every process, and another way for every chamber. Names are
 * hashed by XXH64 with seed 0, pairs of them by mixing their hashes, so that ties among thousands stay cheap.
 */
final class TieBreak {
    private static final XXHash64 HASH = XXHashFactory.fastestJavaInstance().hash64();

    private final long[] members;

    TieBreak(String[] members) {
        this.members = new long[members.length];
        for (int m = 0; m < members.length; m++) {
            this.members[m] = hash(members[m]);
        }
    }

    static long hash(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return HASH.hash(bytes, 0, bytes.length, 0);
    }

    /** Whether the first of two equally good members gets the chamber with this hash. */
    boolean prefersFirst(long chamber, int first, int second) {
        return Long.compareUnsigned(mix(chamber ^ members[first]), mix(chamber ^ members[second])) < 0;
    }

    /** The finalizer of MurmurHash3: every input bit changes half of the output bits. */
    private static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
