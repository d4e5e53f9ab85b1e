package io.tfdc.cli.demo;

import io.tfdc.cli.demo.DemoSnapshot.Alarm;
import io.tfdc.cli.demo.DemoSummary.Latency;
import io.tfdc.model.ChamberId;
import io.tfdc.model.DefenseEvent;
import io.tfdc.model.RunId;
import io.tfdc.model.Severity;
import io.tfdc.processing.ProcessingStats;
import io.tfdc.processing.RunCompleted;
import io.tfdc.processing.RunFailed;
import io.tfdc.simulator.Fault;
import io.tfdc.simulator.SimulatedRun;
import io.tfdc.simulator.feed.DetectionScore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Collects what the demonstration shows. Used on one Vert.x context; only snapshots leave it. */
final class DemoBoard {
    private static final int ALARMS = 40;
    private static final long LONGEST_MICROS = 3_600_000_000L;

    private final String title;
    private final long total;
    private final long startNanos;
    private final FleetBoard fleet;
    private final DetectionScore score = new DetectionScore();
    private final Histogram latency = new Histogram(1, LONGEST_MICROS, 3);
    private final RateMeter rate = new RateMeter();
    private final Deque<Alarm> alarms = new ArrayDeque<>();
    private final Map<RunId, List<Fault>> truths = new HashMap<>();
    private final Map<String, String> units = new HashMap<>();
    private final Map<Severity, Long> bySeverity = new TreeMap<>(Comparator.reverseOrder());
    private final Map<String, Long> byRule = new TreeMap<>();
    private ProcessingStats stats = ProcessingStats.NONE;
    private long done;
    private long unmatched;
    private long repeated;
    private long alarmCount;
    private long points;
    private long chartBytes;
    private long samples;
    private String lastFailure = "";
    private @Nullable AlarmedChart chart;

    DemoBoard(String title, long total, List<ChamberId> chambers, int learningRuns, long startNanos) {
        this.title = title;
        this.total = total;
        this.startNanos = startNanos;
        this.fleet = new FleetBoard(chambers, learningRuns);
    }

    void announcing(SimulatedRun run, long bytes) {
        RunId id = run.context().id();
        score.expect(id, run.faults());
        truths.put(id, run.faults());
        chartBytes += bytes;
        samples += run.points();
        for (int i = 0; i < run.svids().size(); i++) {
            units.putIfAbsent(
                    id.chamber().tool() + '/' + run.svids().get(i), run.units().get(i));
        }
    }

    /** The event of the run that is worth a look at its chart, if there is one. */
    Optional<DefenseEvent> completed(RunCompleted run) {
        List<Fault> truth = truths.remove(run.run());
        if (run.outcome() == RunCompleted.Outcome.REPEATED || truth == null) {
            repeated++;
            return Optional.empty();
        }
        done++;
        unmatched += run.outcome() == RunCompleted.Outcome.UNMATCHED ? 1 : 0;
        points += run.indicators();
        latency.recordValue(Math.min(LONGEST_MICROS, Math.max(1, run.latency().toNanos() / 1_000)));
        score.judge(run.run(), run.events());
        fleet.processed(run.run().chamber(), run.group(), run.indicators(), DetectionScore.worst(run.events()));
        List<DefenseEvent> published = new ArrayList<>(run.events());
        published.removeIf(event -> event.mode() != DefenseEvent.Mode.ACTIVE);
        for (DefenseEvent event : published) {
            bySeverity.merge(event.severity(), 1L, Long::sum);
            byRule.merge(event.rule(), 1L, Long::sum);
        }
        published.removeIf(event -> event.severity() == Severity.LOG);
        published.sort(Comparator.comparing(DefenseEvent::severity).reversed());
        if (!published.isEmpty()) {
            addAlarm(published.get(0), published.size(), truth);
        }
        return published.stream().filter(DemoBoard::hasChart).findFirst();
    }

    private void addAlarm(DefenseEvent event, int count, List<Fault> truth) {
        alarmCount++;
        alarms.addFirst(new Alarm(
                event.raisedAt(),
                event.severity(),
                event.run().chamber(),
                event.rule(),
                event.reason(),
                count,
                truth.isEmpty() ? "" : truth.get(0).toString()));
        if (alarms.size() > ALARMS) {
            alarms.removeLast();
        }
    }

    private static boolean hasChart(DefenseEvent event) {
        return !event.evidence().isEmpty()
                && Double.isFinite(event.evidence().get(0).value())
                && Double.isFinite(event.evidence().get(0).limits().center());
    }

    void failed(RunFailed failure) {
        lastFailure = failure.failure().reason();
        if (failure.action() == RunFailed.Action.DEAD_LETTERED) {
            failure.run().ifPresent(truths::remove);
        }
    }

    void stats(ProcessingStats latest) {
        stats = latest;
    }

    void chart(AlarmedChart shown) {
        chart = shown;
    }

    String unit(ChamberId chamber, String svid) {
        return units.getOrDefault(chamber.tool() + '/' + svid, "");
    }

    long done() {
        return done;
    }

    boolean isLearning() {
        return fleet.isLearning();
    }

    DemoSnapshot snapshot(long nowNanos) {
        return new DemoSnapshot(
                title,
                Duration.ofNanos(nowNanos - startNanos),
                done,
                total,
                rate.at(nowNanos, done),
                points,
                latency(),
                stats.cacheHitRate(),
                stats.inFlight(),
                stats.failed(),
                stats.deadLettered(),
                stats.paused().isEmpty() ? lastFailure : stats.paused(),
                fleet.chartsJudged(),
                fleet.chartsLearning(),
                fleet.chambers(),
                alarmCount,
                List.copyOf(alarms),
                score.total(),
                score.goodRuns(),
                score.falseAlarmRuns(),
                chart);
    }

    DemoSummary summary(long nowNanos) {
        double seconds = (nowNanos - startNanos) / 1e9;
        return new DemoSummary(
                done,
                unmatched,
                repeated,
                points,
                samples,
                chartBytes,
                seconds,
                seconds > 0 ? done / seconds : 0,
                latency(),
                stats.cacheHitRate(),
                stats.failed(),
                stats.deadLettered(),
                fleet.chartsJudged(),
                fleet.chartsLearning(),
                bySeverity,
                byRule,
                score.byKind(),
                score.total(),
                score.missed(),
                score.goodRuns(),
                score.falseAlarmRuns(),
                score.falseWarningRuns(),
                score.aftermathRuns());
    }

    private Latency latency() {
        return latency.getTotalCount() == 0
                ? new Latency(0, 0, 0, 0)
                : new Latency(
                        latency.getValueAtPercentile(50) / 1e3,
                        latency.getValueAtPercentile(95) / 1e3,
                        latency.getValueAtPercentile(99) / 1e3,
                        latency.getMaxValue() / 1e3);
    }
}
