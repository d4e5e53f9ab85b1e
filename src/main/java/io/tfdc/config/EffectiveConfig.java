package io.tfdc.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The configuration in force and how it came about.
 *
 * @param config the values
 * @param origins where each value came from, by path
 * @param unused environment variables that were set and have no effect, each with what holds instead
 */
public record EffectiveConfig(DefenderConfig config, Map<String, Origin> origins, Map<String, String> unused) {
    public EffectiveConfig {
        origins = Map.copyOf(origins);
        unused = Collections.unmodifiableMap(new LinkedHashMap<>(unused));
    }
}
