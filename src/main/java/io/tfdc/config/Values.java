package io.tfdc.config;

import io.tfdc.yaml.YamlException;
import io.tfdc.yaml.YamlNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the layers have set so far, checked value by value. */
final class Values {
    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, Origin> origins = new HashMap<>();
    private final Problems problems;

    Values(Problems problems) {
        this.problems = problems;
    }

    /** Sets a value over that of an earlier layer; a wrong one is reported. */
    void put(Definition setting, YamlNode node, Origin origin) {
        try {
            Object value = setting.type().read(node);
            List<Object> outside = setting.outOfBounds(value);
            for (Object item : outside) {
                problems.add(
                        origin,
                        setting.path(),
                        "expected " + setting.bounds() + ", found \"" + ValueType.format(item) + '"');
            }
            if (outside.isEmpty()) {
                values.put(setting.path(), value);
                origins.put(setting.path(), origin);
            }
        } catch (YamlException e) {
            e.problems().forEach(problem -> problems.add(origin, setting.path(), problem.message()));
        } catch (IllegalArgumentException e) {
            problems.add(origin, setting.path(), "expected a " + setting.type().name() + ", found one that isn't");
        }
    }

    /** The value set last, or the default. */
    Object get(Definition setting) {
        Object value = values.get(setting.path());
        return value == null ? setting.defaultValue() : value;
    }

    Origin origin(String path) {
        return origins.getOrDefault(path, Origin.DEFAULT);
    }
}
