package io.tfdc.strategy;

import java.util.Comparator;

/**
 * How closely a match names its context. Compared in this order: equipment (chamber, tool, tool type, fab), recipe (recipe
 * and version, recipe, pattern, none), chart (indicator, SVID and step, SVID, step, none), number of attributes, priority.
 *
 * @param equipment 0 to 8
 * @param recipe 0 to 6
 * @param chart 0 or more
 * @param attributes number of attributes constrained
 * @param priority the author's number, decides among equals
 */
record Specificity(int equipment, int recipe, int chart, int attributes, int priority)
        implements Comparable<Specificity> {
    private static final Comparator<Specificity> ORDER = Comparator.comparingInt((Specificity s) -> s.equipment)
            .thenComparingInt(s -> s.recipe)
            .thenComparingInt(s -> s.chart)
            .thenComparingInt(s -> s.attributes)
            .thenComparingInt(s -> s.priority);

    static Specificity of(ContextMatch match, int priority) {
        int attributes = (int)
                match.patterns().keySet().stream().filter(match::constrains).count();
        return new Specificity(equipment(match), recipe(match), chart(match), attributes, priority);
    }

    private static int equipment(ContextMatch match) {
        String[] narrowToWide = {"chamber", "tool", "toolType"};
        for (int i = 0; i < narrowToWide.length; i++) {
            if (match.constrains(narrowToWide[i])) {
                return 2 * (narrowToWide.length - i) + (match.isExact(narrowToWide[i]) ? 1 : 0);
            }
        }
        return 0;
    }

    private static int recipe(ContextMatch match) {
        if (!match.constrains("recipe")) {
            return match.constrains("recipeVersion") ? 1 : 0;
        }
        return (match.isExact("recipe") ? 4 : 2) + (match.constrains("recipeVersion") ? 1 : 0);
    }

    private static int chart(ContextMatch match) {
        int rank = weight(match, "indicator", 16) + weight(match, "svid", 8);
        return rank + weight(match, "step", 2) + (match.constrains("stat") ? 1 : 0);
    }

    private static int weight(ContextMatch match, String attribute, int exact) {
        if (!match.constrains(attribute)) {
            return 0;
        }
        return match.isExact(attribute) ? exact : exact / 2;
    }

    @Override
    public int compareTo(Specificity other) {
        return ORDER.compare(this, other);
    }
}
