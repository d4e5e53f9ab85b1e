package io.tfdc.mebo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Ids and names of the metrics of a blob being written: all by id or all by name, none twice. */
final class MetricKeys {
    static final int MOST_METRICS = 65536;
    private static final int LONGEST_NAME = 65535;

    private final Set<Long> ids = new HashSet<>();
    private final Set<String> names = new HashSet<>();
    private final List<Long> inOrder = new ArrayList<>();
    private boolean collision;

    /** Whether two names share an id, so that a numeric blob must store names. */
    boolean hasCollision() {
        return collision;
    }

    boolean byName() {
        return !names.isEmpty();
    }

    void addId(long id) {
        if (byName()) {
            throw new MeboWriteException("metric " + MetricId.format(id)
                    + ": the metrics before were added by name; a blob takes ids or names, not both");
        }
        if (id == 0) {
            throw new MeboWriteException("metric id 0 is not allowed");
        }
        if (!ids.add(id)) {
            throw new MeboWriteException("metric " + MetricId.format(id) + " was added before");
        }
        count(id);
    }

    long addName(String name) {
        if (!byName() && !ids.isEmpty()) {
            throw new MeboWriteException(
                    "metric '" + name + "': the metrics before were added by id; a blob takes ids or names, not both");
        }
        if (!names.add(name)) {
            throw new MeboWriteException("metric '" + name + "' was added before");
        }
        long id = MetricId.ofName(name);
        collision |= !ids.add(id);
        count(id);
        return id;
    }

    int size() {
        return inOrder.size();
    }

    long[] ids() {
        return inOrder.stream().mapToLong(Long::longValue).toArray();
    }

    static byte[] section(List<@Nullable String> names, boolean big) {
        if (names.size() >= MOST_METRICS) {
            throw new MeboWriteException(names.size() + " metrics: expected at most 65535 in a blob that stores names");
        }
        ByteSink out = new ByteSink();
        out.u16(names.size(), big);
        for (String name : names) {
            byte[] bytes = String.valueOf(name).getBytes(StandardCharsets.UTF_8);
            if (bytes.length > LONGEST_NAME) {
                throw new MeboWriteException(
                        "metric name of " + bytes.length + " bytes: expected at most " + LONGEST_NAME);
            }
            out.u16(bytes.length, big);
            out.all(bytes);
        }
        return out.toArray();
    }

    private void count(long id) {
        if (inOrder.size() == MOST_METRICS) {
            throw new MeboWriteException("more than " + MOST_METRICS + " metrics in one blob");
        }
        inOrder.add(id);
    }
}
