package io.tfdc.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of unique text keys, in document order.
 *
 * @param at where
 * @param entries key to value
 * @param keyPositions where each key stands
 */
public record YamlMapping(YamlPosition at, Map<String, YamlNode> entries, Map<String, YamlPosition> keyPositions)
        implements YamlNode {
    public YamlMapping {
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        keyPositions = Map.copyOf(keyPositions);
    }

    /** The value, or null if the key is missing. */
    public @Nullable YamlNode get(String key) {
        return entries.get(key);
    }

    /** Where the key stands, or the mapping if it doesn't have it. */
    public YamlPosition positionOf(String key) {
        return keyPositions.getOrDefault(key, at);
    }

    @Override
    public String describe() {
        return entries.isEmpty() ? "an empty mapping" : "a mapping";
    }
}
