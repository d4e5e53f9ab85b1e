package io.tfdc.config;

import java.util.List;
import java.util.Map;

/**
 * The configuration in force and how it came about.
 *
 * @param config the values
 * @param origins where each value came from, by path
 * @param unused environment variables that were set and checked but are for later releases
 */
public record EffectiveConfig(DefenderConfig config, Map<String, Origin> origins, List<String> unused) {
    public EffectiveConfig {
        origins = Map.copyOf(origins);
        unused = List.copyOf(unused);
    }
}
