package io.tfdc.cli.demo;

import io.tfdc.cli.demo.DemoSummary.Latency;
import io.tfdc.model.ChamberId;
import io.tfdc.model.Severity;
import io.tfdc.simulator.feed.DetectionScore.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the view shows at one moment.
 *
 * @param title first line
 * @param elapsed since the start
 * @param done runs acknowledged
 * @param total runs to do, {@link Long#MAX_VALUE} for no end
 * @param runsPerSecond over the last seconds
 * @param points U-chart points so far
 * @param latency from notification to acknowledgement
 * @param cacheHitRate 0 to 1
 * @param inFlight notifications in work
 * @param failed failed attempts
 * @param deadLettered runs given up
 * @param trouble why nothing goes on or what failed last, empty in normal operation
 * @param chartsJudged charts with limits
 * @param chartsLearning charts without limits yet
 * @param chambers the fleet
 * @param alarmCount runs with an alarm so far
 * @param alarms latest first
 * @param faults injected and found so far
 * @param goodRuns runs without a fault
 * @param falseAlarms good runs with an alarm
 * @param chart U-chart behind a recent alarm, if there is one
 */
record DemoSnapshot(
        String title,
        Duration elapsed,
        long done,
        long total,
        double runsPerSecond,
        long points,
        Latency latency,
        double cacheHitRate,
        int inFlight,
        long failed,
        long deadLettered,
        String trouble,
        long chartsJudged,
        long chartsLearning,
        List<Chamber> chambers,
        long alarmCount,
        List<Alarm> alarms,
        Tally faults,
        long goodRuns,
        long falseAlarms,
        @Nullable AlarmedChart chart) {

    /**
     * A chamber of the fleet.
     *
     * @param runs runs processed
     * @param learning whether its charts have no limits yet
     * @param worst worst event of its last runs, null for none
     */
    record Chamber(
            ChamberId id,
            long runs,
            boolean learning,
            @Nullable Severity worst) {}

    /**
     * A published defense event.
     *
     * @param at process time
     * @param count how many events of the run are told by this line
     * @param truth what had been injected into the run, empty for nothing
     */
    record Alarm(
            Instant at, Severity severity, ChamberId chamber, String rule, String reason, int count, String truth) {}
}
