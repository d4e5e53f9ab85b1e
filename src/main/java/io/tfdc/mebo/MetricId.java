package io.tfdc.mebo;

import java.nio.charset.StandardCharsets;
import net.jpountz.xxhash.XXHash64;
import net.jpountz.xxhash.XXHashFactory;

/** Metric ids: unsigned 64-bit numbers, the XXH64 hash (seed 0) of the name where a producer uses names. */
public final class MetricId {
    private static final XXHash64 HASH = XXHashFactory.fastestJavaInstance().hash64();

    private MetricId() {}

    /** The id of a metric that is known by name. */
    public static long ofName(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return ofName(bytes, 0, bytes.length);
    }

    /** Sixteen hexadecimal digits. */
    public static String format(long id) {
        String hex = Long.toHexString(id);
        return "0".repeat(16 - hex.length()) + hex;
    }

    static long ofName(byte[] bytes, int from, int length) {
        return HASH.hash(bytes, from, length, 0);
    }
}
