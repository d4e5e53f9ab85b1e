package io.tfdc.yaml;

import java.util.List;

/**
 * A list.
 *
 * @param at where
 * @param items in order
 */
public record YamlSequence(YamlPosition at, List<YamlNode> items) implements YamlNode {
    public YamlSequence {
        items = List.copyOf(items);
    }

    @Override
    public String describe() {
        return items.isEmpty() ? "an empty list" : "a list";
    }
}
