package io.tfdc.clustersim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The work queue of notifications with the rules that a real server was seen to follow (requirements 1.19): a consumer is refused if it would
 * overlap another when it is created; an update is checked on one server but not in a cluster, and what it adds stays undelivered below the
 * position that the consumer has reached; what is in flight stays with a consumer that shrinks; a deleted consumer's messages are free at
 * once, and late acknowledgements to it are void; without chambers a consumer receives everything.
 */
final class SimulatedStream {
    private final VirtualTime time;
    private final BrokerFlavour flavour;
    private final int chambers;
    private final TreeMap<Long, Notification> messages = new TreeMap<>();
    private final List<TreeMap<Long, Notification>> byChamber = new ArrayList<>();
    private final List<List<SimulatedConsumer>> holders = new ArrayList<>();
    private final Map<String, SimulatedConsumer> consumers = new TreeMap<>();
    private final Map<Long, Long> identities = new HashMap<>();
    private long lastSequence;

    /** How an administrative request ended. */
    enum Outcome {
        DONE,
        OVERLAP,
        NOT_FOUND
    }

    SimulatedStream(VirtualTime time, BrokerFlavour flavour, int chambers) {
        this.time = time;
        this.flavour = flavour;
        this.chambers = chambers;
        for (int i = 0; i < chambers; i++) {
            byChamber.add(new TreeMap<>());
            holders.add(new ArrayList<>(2));
        }
    }

    /** Stores a notification; one that is stored already is not stored again. */
    void publish(int chamber, long context) {
        if (identities.putIfAbsent((long) chamber << 32 | context, lastSequence + 1) != null) {
            return;
        }
        Notification message = new Notification(++lastSequence, chamber, context, time.now());
        messages.put(message.sequence(), message);
        byChamber.get(chamber).put(message.sequence(), message);
        for (SimulatedConsumer consumer : List.copyOf(holders.get(chamber))) {
            consumer.offer(message);
        }
    }

    Outcome create(String name, BitSet filter) {
        SimulatedConsumer existing = consumers.get(name);
        if (existing != null) {
            return existing.filter().equals(filter) ? Outcome.DONE : Outcome.OVERLAP;
        }
        BitSet wanted = orEverything(filter);
        if (isTaken(wanted)) {
            return Outcome.OVERLAP;
        }
        SimulatedConsumer created = new SimulatedConsumer(this, time, name, wanted);
        consumers.put(name, created);
        wanted.stream().forEach(chamber -> {
            holders.get(chamber).add(created);
            byChamber.get(chamber).values().forEach(created::offer);
        });
        return Outcome.DONE;
    }

    private boolean isTaken(BitSet wanted) {
        return wanted.stream().anyMatch(chamber -> !holders.get(chamber).isEmpty());
    }

    Outcome update(String name, BitSet filter) {
        SimulatedConsumer consumer = consumers.get(name);
        if (consumer == null) {
            return Outcome.NOT_FOUND;
        }
        BitSet wanted = orEverything(filter);
        BitSet added = (BitSet) wanted.clone();
        added.andNot(consumer.filter());
        if (flavour == BrokerFlavour.STANDALONE && isTaken(added)) {
            return Outcome.OVERLAP;
        }
        BitSet removed = (BitSet) consumer.filter().clone();
        removed.andNot(wanted);
        removed.stream().forEach(chamber -> holders.get(chamber).remove(consumer));
        added.stream().forEach(chamber -> holders.get(chamber).add(consumer));
        consumer.filter(wanted);
        for (Notification later : messages.tailMap(consumer.position(), false).values()) {
            if (added.get(later.chamber())) {
                consumer.offer(later);
            }
        }
        return Outcome.DONE;
    }

    private BitSet orEverything(BitSet filter) {
        BitSet copy = (BitSet) filter.clone();
        if (copy.isEmpty()) {
            copy.set(0, chambers);
        }
        return copy;
    }

    Outcome delete(String name) {
        SimulatedConsumer consumer = consumers.remove(name);
        if (consumer == null) {
            return Outcome.NOT_FOUND;
        }
        consumer.filter().stream().forEach(chamber -> holders.get(chamber).remove(consumer));
        consumer.end();
        return Outcome.DONE;
    }

    /** Asks for messages; false if there is no such consumer. */
    boolean pull(String name, Pull pull) {
        SimulatedConsumer consumer = consumers.get(name);
        if (consumer != null) {
            consumer.pull(pull);
        }
        return consumer != null;
    }

    /** Settles a message; false if the consumer is gone or does not have it in flight: then nothing happens. */
    boolean acknowledge(String name, long sequence) {
        SimulatedConsumer consumer = consumers.get(name);
        if (consumer == null || !consumer.settle(sequence)) {
            return false;
        }
        Notification gone = messages.remove(sequence);
        if (gone != null) {
            byChamber.get(gone.chamber()).remove(sequence);
        }
        return gone != null;
    }

    /** Says that work on a message goes on. */
    void extend(String name, long sequence) {
        SimulatedConsumer consumer = consumers.get(name);
        if (consumer != null) {
            consumer.extend(sequence);
        }
    }

    /** Forgets what a connection that broke asked for. */
    void drop(SimulatedProcess process) {
        consumers.values().forEach(consumer -> consumer.drop(process));
    }

    @Nullable
    Notification message(long sequence) {
        return messages.get(sequence);
    }

    long lastSequence() {
        return lastSequence;
    }

    /** What is not settled, oldest first. */
    Iterable<Notification> unsettled() {
        return messages.values();
    }

    int size() {
        return messages.size();
    }

    Map<String, SimulatedConsumer> consumers() {
        return consumers;
    }

    /** Consumers that have a chamber. */
    List<SimulatedConsumer> holders(int chamber) {
        return holders.get(chamber);
    }

    /**
     * A notification in the stream.
     *
     * @param context number of the run within its chamber, from 0
     */
    record Notification(long sequence, int chamber, long context, long publishedAt) {
        @Override
        public String toString() {
            return "run " + context + " of chamber #" + chamber + " (sequence " + sequence + ", published at "
                    + VirtualTime.seconds(publishedAt) + ')';
        }
    }

    /** A request for messages; ends when it is served or its time is over. */
    static final class Pull {
        final SimulatedProcess process;
        final long until;
        int remaining;

        Pull(SimulatedProcess process, int remaining, long until) {
            this.process = process;
            this.remaining = remaining;
            this.until = until;
        }
    }

    /** Requests in the order in which they came. */
    static Deque<Pull> noPulls() {
        return new ArrayDeque<>();
    }
}
