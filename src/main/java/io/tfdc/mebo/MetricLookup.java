package io.tfdc.mebo;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds index positions by id or name: binary search over the ids, or over a sorted order of positions where the index
 * is not sorted itself.
 */
final class MetricLookup {
    private final long[] ids;
    private final String @Nullable [] names;
    private final int @Nullable [] order;
    private final boolean lastOfEqual;

    /** @param lastOfEqual which of several metrics with one id is found by that id: the last or the first */
    MetricLookup(long[] ids, String @Nullable [] names, boolean lastOfEqual) {
        this.ids = ids;
        this.names = names;
        this.order = isAscending(ids) ? null : sortedOrder(ids);
        this.lastOfEqual = lastOfEqual;
    }

    static boolean isAscending(long[] ids) {
        return firstDescent(ids) < 0;
    }

    /** Position of the first id that is smaller than the one before, or -1. */
    static int firstDescent(long[] ids) {
        for (int i = 1; i < ids.length; i++) {
            if (Long.compareUnsigned(ids[i - 1], ids[i]) > 0) {
                return i;
            }
        }
        return -1;
    }

    /** Positions by ascending unsigned id, equal ids in their given order. */
    static int[] sortedOrder(long[] ids) {
        int n = ids.length;
        int[] from = new int[n];
        Arrays.setAll(from, i -> i);
        int[] to = new int[n];
        for (long width = 1; width < n; width *= 2) {
            for (long low = 0; low < n; low += 2 * width) {
                merge(ids, from, to, (int) low, (int) Math.min(low + width, n), (int) Math.min(low + 2 * width, n));
            }
            int[] swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    /** Index position of the id, or -1. */
    int find(long id) {
        int first = firstAtLeast(id);
        if (first == ids.length || ids[at(first)] != id) {
            return -1;
        }
        int rank = first;
        while (lastOfEqual && rank + 1 < ids.length && ids[at(rank + 1)] == id) {
            rank++;
        }
        return at(rank);
    }

    /** Index position of the name, or -1. */
    int find(String name) {
        long id = MetricId.ofName(name);
        if (names == null) {
            return find(id);
        }
        for (int rank = firstAtLeast(id); rank < ids.length && ids[at(rank)] == id; rank++) {
            if (names[at(rank)].equals(name)) {
                return at(rank);
            }
        }
        return -1;
    }

    private int firstAtLeast(long id) {
        int low = 0;
        int high = ids.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(ids[at(middle)], id) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int at(int rank) {
        return order == null ? rank : order[rank];
    }

    private static void merge(long[] ids, int[] from, int[] to, int low, int middle, int high) {
        int left = low;
        int right = middle;
        for (int i = low; i < high; i++) {
            boolean takeLeft =
                    left < middle && (right >= high || Long.compareUnsigned(ids[from[left]], ids[from[right]]) <= 0);
            to[i] = takeLeft ? from[left++] : from[right++];
        }
    }
}
