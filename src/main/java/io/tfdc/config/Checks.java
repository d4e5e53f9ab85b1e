package io.tfdc.config;

import io.tfdc.config.InvalidSettingsException.Violation;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Collects what is wrong with a section's values while its constructor runs. */
final class Checks {
    private static final Pattern ADDRESS = Pattern.compile("[^\\s,:/=]+:[0-9]{1,5}");

    private final Class<? extends Record> section;
    private final Map<String, Object> values = new HashMap<>();
    private final List<Violation> violations = new ArrayList<>();

    /**
     * Starts with the bounds of {@link Setting#min} and {@link Setting#max}.
     *
     * @param values of all components, in their order
     */
    Checks(Class<? extends Record> section, Object... values) {
        this.section = section;
        RecordComponent[] components = section.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            this.values.put(components[i].getName(), values[i]);
            if (components[i].isAnnotationPresent(Setting.class)) {
                Definition setting = Definition.of("", components[i]);
                setting.outOfBounds(values[i]).forEach(item -> add(setting.path(), setting.bounds(), item));
            }
        }
    }

    /** Notes a violation unless the condition holds. */
    Checks require(boolean condition, String key, String expected) {
        if (!condition) {
            add(key, expected, values.getOrDefault(key, ""));
        }
        return this;
    }

    /** Notes every item of a list that doesn't fit. */
    Checks each(String key, List<String> items, Predicate<String> condition, String expected) {
        items.stream().filter(condition.negate()).forEach(item -> add(key, expected, item));
        return this;
    }

    /** Whether it is {@code host:port}. */
    static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches() && Integer.parseInt(text.substring(text.lastIndexOf(':') + 1)) <= 65_535;
    }

    /** Whether it is the address of a web server, without user, query and fragment. */
    static boolean isWebAddress(String text) {
        try {
            URI uri = URI.create(text);
            return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
        } catch (IllegalArgumentException notUri) {
            return false;
        }
    }

    /** Whether it is reached by TLS, or on the machine itself. */
    static boolean isSafeWebAddress(String text) {
        return isWebAddress(text)
                && (text.startsWith("https://") || text.matches("http://(localhost|127\\.0\\.0\\.1)([:/].*)?"));
    }

    private void add(String key, String expected, Object found) {
        String shown = ValueType.format(found);
        String what = shown.isEmpty() ? "nothing" : '"' + shown + '"';
        violations.add(new Violation(key, "expected " + expected + ", found " + what));
    }

    /** @throws InvalidSettingsException if anything was noted */
    void done() {
        if (!violations.isEmpty()) {
            String name = section.getSimpleName().replace("Config", "");
            throw new InvalidSettingsException(
                    Character.toLowerCase(name.charAt(0)) + name.substring(1), List.copyOf(violations));
        }
    }
}
