package io.tfdc.strategy;

import io.tfdc.yaml.YamlMapping;
import io.tfdc.yaml.YamlPosition;
import java.time.Instant;
import java.util.List;

/**
 * A strategy as written.
 *
 * @param id strategy id
 * @param version 1 and counting
 * @param mode whether its findings count
 * @param description what it is for
 * @param owner who answers for it
 * @param priority decides among strategies of equal specificity
 * @param effectiveFrom runs that ended before aren't judged by this version
 * @param match runs that it is for
 * @param partitionBy attributes that tell chart groups of a chamber apart
 * @param chart settings of charts; overrides change a copy
 * @param indicators what to compute
 * @param rules what to look for
 * @param overrides other settings for some contexts
 * @param suppress contexts in which findings don't count
 * @param at where it begins
 */
record StrategyDocument(
        String id,
        int version,
        StrategyMode mode,
        String description,
        String owner,
        int priority,
        Instant effectiveFrom,
        ContextMatch match,
        List<String> partitionBy,
        YamlMapping chart,
        List<IndicatorEntry> indicators,
        List<RuleSpec> rules,
        List<OverrideSpec> overrides,
        List<SuppressSpec> suppress,
        YamlPosition at) {
    StrategyDocument {
        partitionBy = List.copyOf(partitionBy);
        indicators = List.copyOf(indicators);
        rules = List.copyOf(rules);
        overrides = List.copyOf(overrides);
        suppress = List.copyOf(suppress);
    }
}
