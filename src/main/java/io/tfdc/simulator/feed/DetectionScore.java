package io.tfdc.simulator.feed;

import io.tfdc.model.ChamberId;
import io.tfdc.model.DefenseEvent;
import io.tfdc.model.RunId;
import io.tfdc.model.Severity;
import io.tfdc.simulator.Fault;
import io.tfdc.simulator.FaultKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares alarms with what was injected. A fault is found when a run of its episode raises an event of at least
 * {@link Severity#WARNING}; an episode counts when its first run has been processed. A good run with an event of at least
 * {@link Severity#ALARM} is a false alarm, unless a fault ended in its chamber within the last {@value #AFTERMATH_RUNS} runs: rules with
 * a memory need some good runs to calm down. Memory: one entry per episode and per run on its way.
 */
public final class DetectionScore {
    static final int AFTERMATH_RUNS = 20;

    private final Map<RunId, List<Fault>> expected = new HashMap<>();
    private final Map<String, Episode> episodes = new LinkedHashMap<>();
    private final Map<ChamberId, Integer> runsSinceFault = new HashMap<>();
    private long goodRuns;
    private long falseAlarmRuns;
    private long falseWarningRuns;
    private long aftermathRuns;

    private static final class Episode {
        final Fault first;
        int runs;
        int runsUntilFound;

        Episode(Fault first) {
            this.first = first;
        }
    }

    /**
     * Found and missed episodes of a kind.
     *
     * @param injected episodes that have begun
     * @param found those of them that raised an event
     */
    public record Tally(int injected, int found) {
        public int missed() {
            return injected - found;
        }
    }

    /** Notes the truth about a run on its way. */
    public void expect(RunId run, List<Fault> faults) {
        expected.put(run, faults);
    }

    /** Scores a processed run; a run that is not on its way (any more) is ignored. */
    public void judge(RunId run, List<DefenseEvent> events) {
        List<Fault> faults = expected.remove(run);
        if (faults == null) {
            return;
        }
        Severity worst = worst(events);
        for (Fault fault : faults) {
            Episode episode = episodes.computeIfAbsent(fault.episode(), key -> new Episode(fault));
            episode.runs++;
            if (episode.runsUntilFound == 0 && worst != null && worst.compareTo(Severity.WARNING) >= 0) {
                episode.runsUntilFound = episode.runs;
            }
        }
        if (faults.isEmpty()) {
            Integer since = runsSinceFault.computeIfPresent(run.chamber(), (chamber, runs) -> runs + 1);
            judgeGood(worst, since != null && since <= AFTERMATH_RUNS);
        } else {
            runsSinceFault.put(run.chamber(), 0);
        }
    }

    private void judgeGood(@Nullable Severity worst, boolean aftermath) {
        goodRuns++;
        boolean alarm = worst != null && worst.compareTo(Severity.ALARM) >= 0;
        boolean warning = worst == Severity.WARNING;
        if (aftermath) {
            aftermathRuns += alarm || warning ? 1 : 0;
        } else {
            falseAlarmRuns += alarm ? 1 : 0;
            falseWarningRuns += warning ? 1 : 0;
        }
    }

    /** The worst event that is published; null if there is none. */
    public static @Nullable Severity worst(List<DefenseEvent> events) {
        Severity worst = null;
        for (DefenseEvent event : events) {
            boolean published = event.mode() == DefenseEvent.Mode.ACTIVE;
            if (published && (worst == null || event.severity().compareTo(worst) > 0)) {
                worst = event.severity();
            }
        }
        return worst;
    }

    /** All kinds that occurred. */
    public Map<FaultKind, Tally> byKind() {
        Map<FaultKind, Tally> tallies = new EnumMap<>(FaultKind.class);
        for (Episode episode : episodes.values()) {
            Tally one = new Tally(1, episode.runsUntilFound > 0 ? 1 : 0);
            tallies.merge(
                    episode.first.kind(), one, (a, b) -> new Tally(a.injected() + b.injected(), a.found() + b.found()));
        }
        return tallies;
    }

    public Tally total() {
        int found = (int) episodes.values().stream()
                .filter(episode -> episode.runsUntilFound > 0)
                .count();
        return new Tally(episodes.size(), found);
    }

    /** Faults not found (yet), in words with their episode. */
    public List<String> missed() {
        List<String> missed = new ArrayList<>();
        for (Episode episode : episodes.values()) {
            if (episode.runsUntilFound == 0) {
                missed.add(episode.first.episode() + " " + episode.first + ", " + episode.runs + " runs");
            }
        }
        return missed;
    }

    public long goodRuns() {
        return goodRuns;
    }

    public long falseAlarmRuns() {
        return falseAlarmRuns;
    }

    /** Good runs with a warning and nothing worse. */
    public long falseWarningRuns() {
        return falseWarningRuns;
    }

    /** Good runs shortly after a fault that still raised an event. */
    public long aftermathRuns() {
        return aftermathRuns;
    }
}
