package io.tfdc.clustersim;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened, for people. Entries are kept only while recording: a run that fails is run again with a recording timeline, which is the same
 * run since it has the same seed.
 */
final class Timeline {
    /** Entries about everything are shown with every excerpt. */
    static final int EVERYBODY = -1;

    private static final int BOUND = 400_000;

    private final VirtualTime time;
    private final boolean recording;
    private final List<Entry> entries = new ArrayList<>();

    /**
     * Something that happened.
     *
     * @param at virtual nanoseconds
     * @param who process or part of the world
     * @param what in a word or two
     * @param detail whatever tells more; printed as text
     * @param chamber number of the chamber that it is about, or {@link #EVERYBODY}
     */
    record Entry(long at, String who, String what, @Nullable Object detail, int chamber) {
        @Override
        public String toString() {
            String head = String.format(java.util.Locale.ROOT, "%10s  %-16s %s", VirtualTime.seconds(at), who, what);
            return detail == null ? head : head + "  " + Wording.of(detail);
        }
    }

    Timeline(VirtualTime time, boolean recording) {
        this.time = time;
        this.recording = recording;
    }

    void note(String who, String what, @Nullable Object detail) {
        note(who, what, detail, EVERYBODY);
    }

    void note(String who, String what, @Nullable Object detail, int chamber) {
        time.stir(31L * who.hashCode() + what.hashCode());
        if (recording) {
            if (entries.size() >= BOUND) {
                entries.subList(0, BOUND / 2).clear();
            }
            entries.add(new Entry(time.now(), who, what, detail, chamber));
        }
    }

    /** The last entries that may have to do with a chamber or a process: theirs, and those about everybody. */
    List<Entry> excerpt(int chamber, String who, int most) {
        List<Entry> relevant = entries.stream()
                .filter(e -> e.chamber() == EVERYBODY
                        || e.chamber() == chamber
                        || e.who().equals(who))
                .toList();
        return relevant.subList(Math.max(0, relevant.size() - most), relevant.size());
    }
}
