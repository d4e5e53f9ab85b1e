package io.tfdc.cli.demo;

import io.tfdc.cli.demo.DemoSnapshot.Chamber;
import io.tfdc.model.ChamberId;
import io.tfdc.model.Severity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Per chamber: how many runs, whether its charts still learn, and the worst event of its last {@value #RECENT} runs. */
final class FleetBoard {
    static final int RECENT = 15;

    private final int learningRuns;
    private final Map<ChamberId, Place> places = new LinkedHashMap<>();
    private final Map<String, Integer> runsOfGroup = new HashMap<>();
    private final Map<String, Integer> chartsOfGroup = new HashMap<>();
    private int learningChambers;

    private static final class Place {
        long runs;
        boolean learning = true;
        final Deque<Optional<Severity>> recent = new ArrayDeque<>();

        @Nullable
        Severity worst() {
            Severity worst = null;
            for (Optional<Severity> one : recent) {
                if (one.isPresent() && (worst == null || one.get().compareTo(worst) > 0)) {
                    worst = one.get();
                }
            }
            return worst;
        }
    }

    /** @param learningRuns runs of a chart group before it is judged */
    FleetBoard(List<ChamberId> chambers, int learningRuns) {
        this.learningRuns = learningRuns;
        chambers.forEach(chamber -> places.put(chamber, new Place()));
        this.learningChambers = chambers.size();
    }

    void processed(ChamberId chamber, String group, int charts, @Nullable Severity worst) {
        Place place = places.computeIfAbsent(chamber, id -> new Place());
        String key = chamber + "/" + group;
        int runs = runsOfGroup.merge(key, 1, Integer::sum);
        chartsOfGroup.put(key, charts);
        place.runs++;
        if (place.learning && runs >= learningRuns) {
            place.learning = false;
            learningChambers--;
        }
        place.recent.addLast(Optional.ofNullable(worst));
        if (place.recent.size() > RECENT) {
            place.recent.removeFirst();
        }
    }

    /** Whether some chamber's charts have no limits yet. */
    boolean isLearning() {
        return learningChambers > 0;
    }

    long chartsJudged() {
        return charts(true);
    }

    long chartsLearning() {
        return charts(false);
    }

    List<Chamber> chambers() {
        List<Chamber> chambers = new ArrayList<>(places.size());
        places.forEach((id, place) -> chambers.add(new Chamber(id, place.runs, place.learning, place.worst())));
        return chambers;
    }

    private long charts(boolean judged) {
        Set<String> groups = new HashSet<>(chartsOfGroup.keySet());
        groups.removeIf(group -> runsOfGroup.getOrDefault(group, 0) >= learningRuns != judged);
        return groups.stream()
                .mapToLong(group -> chartsOfGroup.getOrDefault(group, 0))
                .sum();
    }
}
