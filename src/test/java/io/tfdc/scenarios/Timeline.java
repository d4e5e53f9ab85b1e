package io.tfdc.scenarios;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What happened in a scenario, in the order of its times of day, to be printed when it fails. Safe for use from several threads. */
final class Timeline {
    private static final int MAX_ENTRIES = 20_000;

    /** Something that happened. */
    record Entry(Instant time, String who, String what) {
        @Override
        public String toString() {
            return time.truncatedTo(ChronoUnit.MILLIS).toString().substring(11) + "  " + who + "  " + what;
        }
    }

    private final List<Entry> entries = new ArrayList<>();

    void add(String who, String what) {
        add(Instant.now(), who, what);
    }

    synchronized void add(Instant time, String who, String what) {
        if (entries.size() < MAX_ENTRIES) {
            entries.add(new Entry(time, who, what));
        }
    }

    synchronized List<Entry> entries() {
        return entries.stream().sorted(Comparator.comparing(Entry::time)).toList();
    }

    /** The last entries, a line each. */
    String end(int count) {
        List<Entry> sorted = entries();
        StringBuilder text = new StringBuilder();
        sorted.subList(Math.max(0, sorted.size() - count), sorted.size())
                .forEach(entry -> text.append(entry).append('\n'));
        return text.toString();
    }

    @Override
    public String toString() {
        return end(MAX_ENTRIES);
    }
}
