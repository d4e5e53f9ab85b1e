package io.tfdc.config;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, so that the user sees everything at once. */
final class Problems {
    private final List<String> lines = new ArrayList<>();

    void add(Origin origin, String path, String message) {
        lines.add(origin + ": " + (path.isEmpty() || path.equals(origin.where()) ? "" : path + ": ") + message);
    }

    void add(String line) {
        lines.add(line);
    }

    void throwIfAny() {
        if (!lines.isEmpty()) {
            throw new ConfigException(lines);
        }
    }
}
