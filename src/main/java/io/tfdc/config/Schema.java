package io.tfdc.config;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a section consists of, read from its record.
 *
 * @param path empty for the root, else with a dot behind it
 * @param type the record
 * @param sections by key, in the record's order
 * @param settings by key, in the record's order
 */
record Schema(
        String path, Class<? extends Record> type, Map<String, Schema> sections, Map<String, Definition> settings) {

    static Schema of(Class<? extends Record> type) {
        return of("", type);
    }

    private static Schema of(String path, Class<? extends Record> type) {
        Map<String, Schema> sections = new LinkedHashMap<>();
        Map<String, Definition> settings = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String key = component.getName();
            if (component.getType().isAnnotationPresent(Section.class)) {
                sections.put(key, of(path + key + '.', component.getType().asSubclass(Record.class)));
            } else {
                settings.put(key, Definition.of(path, component));
            }
        }
        return new Schema(path, type, sections, settings);
    }

    String description() {
        return Objects.requireNonNull(type.getAnnotation(Section.class), type::toString)
                .value();
    }

    /** All settings, depth first, by path. */
    Map<String, Definition> all() {
        Map<String, Definition> all = new LinkedHashMap<>();
        settings.values().forEach(setting -> all.put(setting.path(), setting));
        sections.values().forEach(section -> all.putAll(section.all()));
        return all;
    }

    /** The keys directly below. */
    List<String> keys() {
        List<String> keys = new ArrayList<>(settings.keySet());
        keys.addAll(sections.keySet());
        return keys;
    }
}
