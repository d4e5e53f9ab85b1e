package io.tfdc.strategy;

import io.tfdc.yaml.YamlNode;
import io.tfdc.yaml.YamlPosition;
import java.util.Map;

/**
 * Other settings for some contexts.
 *
 * @param match where it applies
 * @param specificity decides among overrides of the same setting
 * @param chart path below {@code chart} to value
 * @param rules rule id to path below the rule to value
 * @param mode the strategy's mode there; empty to leave it
 * @param at where it stands
 */
record OverrideSpec(
        ContextMatch match,
        Specificity specificity,
        Map<String, YamlNode> chart,
        Map<String, Map<String, YamlNode>> rules,
        String mode,
        YamlPosition at) {}
