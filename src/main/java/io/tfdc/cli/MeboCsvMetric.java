package io.tfdc.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rows of one metric, collected. */
final class MeboCsvMetric {
    private long[] times = new long[16];
    private double[] values = new double[16];
    private final List<byte[]> texts = new ArrayList<>();
    private final List<byte[]> tags = new ArrayList<>();
    private int count;

    void add(long time, double value, String tag) {
        reserve();
        times[count] = time;
        values[count++] = value;
        tags.add(tag.getBytes(StandardCharsets.UTF_8));
    }

    void add(long time, String text, String tag) {
        reserve();
        times[count++] = time;
        texts.add(text.getBytes(StandardCharsets.UTF_8));
        tags.add(tag.getBytes(StandardCharsets.UTF_8));
    }

    int count() {
        return count;
    }

    long[] times() {
        return Arrays.copyOf(times, count);
    }

    double[] values() {
        return values;
    }

    List<byte[]> texts() {
        return texts;
    }

    List<byte[]> tags() {
        return tags;
    }

    private void reserve() {
        if (count == times.length) {
            times = Arrays.copyOf(times, 2 * count);
            values = Arrays.copyOf(values, 2 * count);
        }
    }
}
