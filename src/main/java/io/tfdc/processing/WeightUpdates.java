package io.tfdc.processing;

import io.tfdc.model.ChamberId;
import io.tfdc.model.ChamberMetadata;
import io.tfdc.model.RunContext;
import io.tfdc.storage.ChartStore;
import io.tfdc.storage.Lanes;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Weighs chambers by the runs that are processed, for the planner: where the store has no weight of a chamber, or one that is older than the
 * interval, it gets the mean of the runs seen since the last one. Every process writes for the chambers that are its own. What the store has
 * decides, so that a restart neither forgets nor repeats an update. Owned by the processing context.
 */
final class WeightUpdates {
    private static final Logger LOG = LoggerFactory.getLogger(WeightUpdates.class);
    /** A single run may be a test or an aborted one. */
    private static final int MIN_RUNS = 3;

    private static final int LOOKS_PER_INTERVAL = 24;
    private static final int MAX_CHAMBERS = 100_000;

    private final ChartStore store;
    private final Ownership ownership;
    private final Clock clock;
    private final Duration interval;
    private final Map<ChamberId, Runs> seen = new HashMap<>();

    /** @param interval age at which a weight is replaced; zero for never */
    WeightUpdates(ChartStore store, Ownership ownership, Clock clock, Duration interval) {
        this.store = store;
        this.ownership = ownership;
        this.clock = clock;
        this.interval = interval;
    }

    /** Sums over some runs of a chamber. */
    private static final class Runs {
        private int number;
        private long svids;
        private long points;
        private Duration time = Duration.ZERO;

        private ChamberMetadata mean(ChamberId chamber, Instant at) {
            Duration context = time.dividedBy(number);
            double seconds = context.toMillis() / 1e3;
            double meanSvids = (double) svids / number;
            long weight = points / number;
            double hertz = seconds == 0 || meanSvids == 0 ? 0 : weight / (meanSvids * seconds);
            return new ChamberMetadata(chamber, (int) Math.round(meanSvids), hertz, context, weight, at);
        }
    }

    /** How often to {@link #look}, zero for never. */
    Duration lookInterval() {
        return interval.dividedBy(LOOKS_PER_INTERVAL);
    }

    /** A run of so many samples has been judged. */
    void ran(RunContext run, int svids, long points) {
        ChamberId chamber = run.id().chamber();
        if (interval.isZero() || seen.size() >= MAX_CHAMBERS && !seen.containsKey(chamber)) {
            return;
        }
        Runs runs = seen.computeIfAbsent(chamber, unused -> new Runs());
        runs.number++;
        runs.svids += svids;
        runs.points += points;
        runs.time = runs.time.plus(Duration.between(run.start(), run.end()));
    }

    /** Replaces the weights that are due. Never fails: what could not be written is tried the next time. */
    Future<Void> look() {
        seen.keySet().removeIf(chamber -> !ownership.owns(chamber));
        List<ChamberId> weighed = seen.entrySet().stream()
                .filter(entry -> entry.getValue().number >= MIN_RUNS)
                .map(Map.Entry::getKey)
                .toList();
        if (weighed.isEmpty()) {
            return Future.succeededFuture();
        }
        return store.chamberMetadata()
                .compose(found -> write(weighed, found))
                .onFailure(error -> LOG.warn("weights of the chambers: {}", error.getMessage()))
                .otherwiseEmpty();
    }

    private Future<Void> write(List<ChamberId> weighed, List<ChamberMetadata> found) {
        Map<ChamberId, ChamberMetadata> known = found.stream()
                .collect(Collectors.toMap(ChamberMetadata::chamber, Function.identity(), (first, second) -> second));
        Instant now = clock.instant();
        List<ChamberId> due = weighed.stream()
                .filter(chamber -> isDue(known.get(chamber), now))
                .toList();
        return Lanes.each(0, due.size(), 1, i -> write(due.get(i), now));
    }

    private boolean isDue(@Nullable ChamberMetadata old, Instant now) {
        return old == null || old.updatedAt().plus(interval).isBefore(now);
    }

    private Future<Void> write(ChamberId chamber, Instant now) {
        Runs runs = seen.get(chamber);
        if (runs == null || !ownership.owns(chamber)) {
            return Future.succeededFuture();
        }
        ChamberMetadata mean = runs.mean(chamber, now);
        return store.putChamberMetadata(mean).onSuccess(done -> {
            seen.remove(chamber, runs);
            LOG.atDebug()
                    .addKeyValue("chamber", chamber)
                    .addKeyValue("weight", mean.weight())
                    .log("weighed");
        });
    }
}
