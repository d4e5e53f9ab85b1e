package io.tfdc.messaging.embedded;

import io.tfdc.messaging.SubjectFilter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A consumer's filters: literal subjects are looked up, patterns are tried. */
final class FilterSet {
    private final List<String> filters;
    private final Set<String> literals = new HashSet<>();
    private final List<SubjectFilter> patterns;

    FilterSet(List<String> filters) {
        this.filters = filters;
        List<SubjectFilter> parsed = filters.stream().map(SubjectFilter::new).toList();
        patterns = parsed.stream().filter(filter -> !filter.isLiteral()).toList();
        parsed.stream().filter(SubjectFilter::isLiteral).forEach(filter -> literals.add(filter.pattern()));
    }

    List<String> filters() {
        return filters;
    }

    boolean matches(String subject) {
        return literals.contains(subject) || patterns.stream().anyMatch(pattern -> pattern.matches(subject));
    }

    boolean overlaps(FilterSet other) {
        return literals.stream().anyMatch(other::matches)
                || other.literals.stream().anyMatch(this::matches)
                || patterns.stream().anyMatch(a -> other.patterns.stream().anyMatch(a::overlaps));
    }

    boolean contains(List<String> subset) {
        return new HashSet<>(filters).containsAll(subset);
    }
}
