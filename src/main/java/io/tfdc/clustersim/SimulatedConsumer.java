package io.tfdc.clustersim;

import io.tfdc.clustersim.SimulatedStream.Notification;
import io.tfdc.clustersim.SimulatedStream.Pull;
import java.util.BitSet;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A durable pull consumer as the server sees it. */
final class SimulatedConsumer {
    static final long ACK_WAIT = 30 * VirtualTime.SECOND;
    private static final int MAX_ACK_PENDING = 64;

    private final SimulatedStream stream;
    private final VirtualTime time;
    private final String name;
    private final PriorityQueue<Long> unseen = new PriorityQueue<>();
    private final PriorityQueue<Long> again = new PriorityQueue<>();
    private final TreeMap<Long, Long> inFlight = new TreeMap<>();
    private final Deque<Pull> pulls = SimulatedStream.noPulls();
    private BitSet filter;
    private @Nullable SimulatedProcess puller;
    private long position;
    private boolean ended;

    SimulatedConsumer(SimulatedStream stream, VirtualTime time, String name, BitSet filter) {
        this.stream = stream;
        this.time = time;
        this.name = name;
        this.filter = filter;
    }

    String name() {
        return name;
    }

    BitSet filter() {
        return filter;
    }

    void filter(BitSet wanted) {
        filter = wanted;
    }

    /** The sequence that it has reached: nothing below is delivered for the first time. */
    long position() {
        return unseen.isEmpty() ? stream.lastSequence() : Math.max(position, unseen.element() - 1);
    }

    boolean hasInFlight(long sequence) {
        return inFlight.containsKey(sequence);
    }

    void offer(Notification message) {
        unseen.add(message.sequence());
        serve();
    }

    /** Who pulled last, null if nobody ever did. */
    @Nullable
    SimulatedProcess puller() {
        return puller;
    }

    void pull(Pull pull) {
        puller = pull.process;
        pulls.add(pull);
        serve();
    }

    private void serve() {
        while (!ended && !pulls.isEmpty()) {
            Pull pull = pulls.element();
            if (pull.until < time.now() || pull.remaining == 0) {
                pulls.remove();
                continue;
            }
            Notification next = next();
            if (next == null) {
                return;
            }
            hand(next, pull);
        }
    }

    private @Nullable Notification next() {
        while (!again.isEmpty()) {
            Notification message = stream.message(again.remove());
            if (message != null && inFlight.containsKey(message.sequence())) {
                return message;
            }
        }
        while (!unseen.isEmpty() && inFlight.size() < MAX_ACK_PENDING) {
            long sequence = unseen.remove();
            position = Math.max(position, sequence);
            Notification message = stream.message(sequence);
            if (message != null && filter.get(message.chamber())) {
                return message;
            }
        }
        return null;
    }

    private void hand(Notification message, Pull pull) {
        pull.remaining--;
        await(message.sequence());
        pull.process.broker().push(() -> pull.process.workbench().receive(name, message));
    }

    private void await(long sequence) {
        long due = time.now() + ACK_WAIT;
        inFlight.put(sequence, due);
        time.at(due, () -> overdue(sequence, due));
    }

    private void overdue(long sequence, long due) {
        Long current = inFlight.get(sequence);
        if (ended || current == null || current != due) {
            return;
        }
        if (stream.message(sequence) == null) {
            inFlight.remove(sequence);
            return;
        }
        again.add(sequence);
        serve();
    }

    void extend(long sequence) {
        if (inFlight.containsKey(sequence)) {
            await(sequence);
        }
    }

    boolean settle(long sequence) {
        boolean held = inFlight.remove(sequence) != null;
        if (held) {
            serve();
        }
        return held;
    }

    void drop(SimulatedProcess process) {
        pulls.removeIf(pull -> pull.process == process);
    }

    /** Deleted: whoever waits for messages is told. */
    void end() {
        ended = true;
        pulls.stream()
                .map(pull -> pull.process)
                .distinct()
                .forEach(
                        process -> process.broker().push(() -> process.members().consumerGone(name)));
        pulls.clear();
        inFlight.clear();
    }
}
