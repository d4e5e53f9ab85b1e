package io.tfdc.processing;

import io.tfdc.model.ChamberId;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One queue per chamber of which only the head is at work, so that a chamber's runs are processed one after the other in the
 * order of delivery while chambers don't wait for each other. At most {@code width} heads are at work. Owned by one context;
 * its length is bounded by what the consumers let through unsettled.
 */
final class ChamberLanes<T> {
    private final Map<ChamberId, ArrayDeque<T>> lanes = new LinkedHashMap<>();
    private final ArrayDeque<ChamberId> ready = new ArrayDeque<>();
    private final Set<ChamberId> held = new HashSet<>();
    private final Consumer<T> start;
    private final int width;
    private int running;
    private boolean paused;

    /** @param start begins the work on an item; {@link #done} must follow once for every item started */
    ChamberLanes(int width, Consumer<T> start) {
        this.width = width;
        this.start = start;
    }

    void add(ChamberId chamber, T item) {
        ArrayDeque<T> lane = lanes.get(chamber);
        if (lane == null) {
            lane = new ArrayDeque<>();
            lanes.put(chamber, lane);
            ready.add(chamber);
        }
        lane.add(item);
        startReady();
    }

    /** The chamber's head is finished: the next one of the chamber may start. */
    void done(ChamberId chamber) {
        ArrayDeque<T> lane = lane(chamber);
        lane.remove();
        running--;
        if (lane.isEmpty()) {
            lanes.remove(chamber);
        } else {
            ready.add(chamber);
        }
        startReady();
    }

    /** The chamber's head could not be served: it starts again, before the rest of its chamber and after other chambers. */
    void again(ChamberId chamber) {
        running--;
        ready.add(chamber);
        startReady();
    }

    /**
     * The chamber's head is gone for now and comes again: the rest of the chamber waits for {@link #addFirst} or
     * {@link #release}.
     */
    void hold(ChamberId chamber) {
        lane(chamber).remove();
        held.add(chamber);
        running--;
        startReady();
    }

    /** Puts an item before the rest of its held chamber, which goes on with it. */
    void addFirst(ChamberId chamber, T item) {
        lane(chamber).addFirst(item);
        release(chamber);
    }

    /** The rest of a held chamber goes on; without effect on others. */
    void release(ChamberId chamber) {
        if (held.remove(chamber)) {
            if (lane(chamber).isEmpty()) {
                lanes.remove(chamber);
            } else {
                ready.add(chamber);
            }
            startReady();
        }
    }

    /** Takes items out that wait; none of them may be at work. */
    void removeIf(Predicate<T> gone) {
        for (Map.Entry<ChamberId, ArrayDeque<T>> entry : List.copyOf(lanes.entrySet())) {
            ArrayDeque<T> lane = entry.getValue();
            lane.removeIf(gone);
            if (lane.isEmpty() && !held.contains(entry.getKey())) {
                lanes.remove(entry.getKey());
                ready.remove(entry.getKey());
            }
        }
    }

    /** Nothing starts until {@link #resume}; what is at work goes on. */
    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
        startReady();
    }

    int running() {
        return running;
    }

    private ArrayDeque<T> lane(ChamberId chamber) {
        ArrayDeque<T> lane = lanes.get(chamber);
        if (lane == null) {
            throw new IllegalStateException("no run of " + chamber + " is at work");
        }
        return lane;
    }

    private void startReady() {
        while (!paused && running < width && !ready.isEmpty()) {
            ChamberId chamber = ready.remove();
            running++;
            start.accept(lane(chamber).element());
        }
    }
}
