package io.tfdc.clustersim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A bucket of keys and values with revisions. What expires vanishes without a word to those who watch. */
final class SimulatedBucket<V> {
    private final VirtualTime time;
    private final long ttl;
    private final TreeMap<String, Stamped<V>> keys = new TreeMap<>();
    private final List<Watch<V>> watches = new ArrayList<>();
    private long revision;

    /**
     * A key as it stands.
     *
     * @param value null if the key was deleted
     */
    record Entry<V>(String key, @Nullable V value, long revision) {}

    private record Stamped<V>(Entry<V> entry, long at) {}

    /** @param ttl nanoseconds that a value stays, 0 for ever */
    SimulatedBucket(VirtualTime time, long ttl) {
        this.time = time;
        this.ttl = ttl;
    }

    Optional<Entry<V>> get(String key) {
        return Optional.ofNullable(current(key)).filter(entry -> entry.value() != null);
    }

    private @Nullable Entry<V> current(String key) {
        Stamped<V> stamped = keys.get(key);
        if (stamped != null && ttl > 0 && time.now() - stamped.at() >= ttl) {
            keys.remove(key);
            return null;
        }
        return stamped == null ? null : stamped.entry();
    }

    long put(String key, V value) {
        return write(key, value);
    }

    /** Writes if the key has this revision, 0 if it must not hold a value; empty if it hasn't. */
    OptionalLong put(String key, V value, long expected) {
        Entry<V> current = current(key);
        boolean fits = expected == 0
                ? current == null || current.value() == null
                : current != null && current.revision() == expected;
        return fits ? OptionalLong.of(write(key, value)) : OptionalLong.empty();
    }

    /** Deletes if the key has this revision. */
    boolean delete(String key, long expected) {
        Entry<V> current = current(key);
        boolean fits = current != null && current.revision() == expected;
        if (fits) {
            write(key, null);
        }
        return fits;
    }

    void delete(String key) {
        write(key, null);
    }

    private long write(String key, @Nullable V value) {
        Entry<V> entry = new Entry<>(key, value, ++revision);
        keys.put(key, new Stamped<>(entry, time.now()));
        for (Watch<V> watch : List.copyOf(watches)) {
            watch.push(entry);
        }
        return entry.revision();
    }

    /** All values, oldest revision first. */
    List<Entry<V>> present() {
        return since(0).stream().filter(entry -> entry.value() != null).toList();
    }

    private List<Entry<V>> since(long seen) {
        return List.copyOf(keys.keySet()).stream()
                .map(this::current)
                .filter(entry -> entry != null && entry.revision() > seen)
                .sorted(Comparator.comparingLong(Entry::revision))
                .toList();
    }

    /** Tells a process of every change, what is there first. After a break of its connection it is told what it missed. */
    Watch<V> watch(Link link, Consumer<Entry<V>> handler, Runnable replayed) {
        Watch<V> watch = new Watch<>(this, link, handler, replayed);
        watches.add(watch);
        link.watches().add(watch);
        watch.replay();
        return watch;
    }

    /** Somebody who is told of changes, in their order. */
    static final class Watch<V> implements Link.Replayable {
        private final SimulatedBucket<V> bucket;
        private final Link link;
        private final Consumer<Entry<V>> handler;
        private final Runnable replayed;
        private long seen;
        private boolean closed;

        private Watch(SimulatedBucket<V> bucket, Link link, Consumer<Entry<V>> handler, Runnable replayed) {
            this.bucket = bucket;
            this.link = link;
            this.handler = handler;
            this.replayed = replayed;
        }

        private void push(Entry<V> entry) {
            link.arriveWithNews(() -> {
                if (!closed && entry.revision() > seen) {
                    seen = entry.revision();
                    link.process().deliver(() -> tell(entry));
                }
            });
        }

        private void tell(Entry<V> entry) {
            if (!closed) {
                handler.accept(entry);
            }
        }

        @Override
        public void replay() {
            if (!closed) {
                bucket.since(seen).forEach(this::push);
                link.arriveWithNews(() -> link.process().deliver(() -> {
                    if (!closed) {
                        replayed.run();
                    }
                }));
            }
        }

        void close() {
            closed = true;
            bucket.watches.remove(this);
            link.watches().remove(this);
        }
    }
}
