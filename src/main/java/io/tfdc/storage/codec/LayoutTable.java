package io.tfdc.storage.codec;

import io.tfdc.model.IndicatorKey;
import io.tfdc.model.IndicatorLayout;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The layouts met so far, by the hash of their key block: runs of one recipe share one {@link IndicatorLayout} object, and its
 * thousands of key texts are parsed once. Bounded: a table that is full starts over. Thread-safe.
 *
 * <p>A key block is the keys in order, each as the number of leading bytes shared with the key before and the rest.
 */
public final class LayoutTable {
    static final int MAX_BLOCK = 32 << 20;

    private final int maxLayouts;
    private final ConcurrentHashMap<Long, Known> byHash = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<IndicatorLayout, Known> byLayout = new ConcurrentHashMap<>();

    /** Spares hashing all keys where one layout is used again and again. */
    private volatile @Nullable Known latest;

    record Known(long hash, byte[] block, IndicatorLayout layout) {}

    /** @param maxLayouts how many layouts are kept, at least 1 */
    public LayoutTable(int maxLayouts) {
        this.maxLayouts = maxLayouts;
    }

    Known known(IndicatorLayout layout) {
        Known known = latest;
        if (known != null && known.layout == layout) {
            return known;
        }
        known = byLayout.get(layout);
        if (known == null) {
            byte[] block = block(layout);
            known = remember(new Known(hash(block, 0, block.length), block, layout));
        }
        latest = known;
        return known;
    }

    @Nullable
    Known known(long hash) {
        return byHash.get(hash);
    }

    /** The layout of a key block within {@code reader}'s bytes, parsed only if it hasn't been met before. */
    IndicatorLayout layout(ByteReader reader, long hash, int count, int from, int to) {
        Known known = byHash.get(hash);
        if (known != null
                && known.layout.size() == count
                && Arrays.equals(known.block, 0, known.block.length, reader.bytes(), from, to)) {
            return known.layout;
        }
        if (hash(reader.bytes(), from, to) != hash) {
            throw reader.corrupt(from, "key block does not have the hash stored with it");
        }
        byte[] block = Arrays.copyOfRange(reader.bytes(), from, to);
        IndicatorLayout layout = reader.checked(from, () -> parse(block, count));
        return remember(new Known(hash, block, layout)).layout;
    }

    private Known remember(Known known) {
        if (byHash.size() >= maxLayouts) {
            byHash.clear();
            byLayout.clear();
            latest = null;
        }
        byHash.put(known.hash, known);
        byLayout.put(known.layout, known);
        return known;
    }

    private static byte[] block(IndicatorLayout layout) {
        ByteWriter writer = new ByteWriter(16 * layout.size() + 16);
        byte[] previous = {};
        for (IndicatorKey key : layout.keys()) {
            byte[] text = key.toString().getBytes(StandardCharsets.UTF_8);
            int shared = Arrays.mismatch(previous, text);
            shared = shared < 0 ? text.length : shared;
            writer.varint(shared);
            writer.varint(text.length - shared);
            writer.raw(text, shared, text.length - shared);
            previous = text;
        }
        return writer.toBytes();
    }

    private static IndicatorLayout parse(byte[] block, int count) {
        ByteReader reader = new ByteReader(block, "key block");
        List<IndicatorKey> keys = new ArrayList<>(count);
        byte[] text = {};
        for (int i = 0; i < count; i++) {
            int shared = reader.count("shared bytes", text.length);
            byte[] rest = reader.block("key", 1024);
            ByteArrayOutputStream joined = new ByteArrayOutputStream(shared + rest.length);
            joined.write(text, 0, shared);
            joined.write(rest, 0, rest.length);
            text = joined.toByteArray();
            keys.add(IndicatorKey.parse(new String(text, StandardCharsets.UTF_8)));
        }
        reader.finish();
        return new IndicatorLayout(keys);
    }

    /** FNV-1a with a final mix; names a block, whose bytes are compared too wherever they are at hand. */
    static long hash(byte[] bytes, int from, int to) {
        long hash = 0xcbf29ce484222325L;
        for (int i = from; i < to; i++) {
            hash = (hash ^ (bytes[i] & 0xFF)) * 0x100000001b3L;
        }
        hash ^= hash >>> 32;
        hash *= 0xd6e8feb86659fd93L;
        return hash ^ (hash >>> 32);
    }
}
