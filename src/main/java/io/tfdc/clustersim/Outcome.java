package io.tfdc.clustersim;

import java.util.Map;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param scenario what was simulated
 * @param violation the first promise that was broken, empty if all were kept
 * @param hash digest of everything that happened
 * @param virtualNanos length of the run
 * @param steps number of things that happened
 * @param faults faults injected
 * @param published notifications
 * @param executions runs begun, repeated ones included
 * @param storeWrites results written, repeated ones included
 * @param leaders terms of leadership
 * @param versions versions of the map
 * @param moves chambers that got another owner
 * @param plannedMoves those of them whose former owner stayed
 * @param settleNanos from the end of the last fault until the cluster was at rest
 * @param uncovered time without an active consumer per kind of fault that came last before it
 * @param detected from the loss of a member to the map without it
 */
public record Outcome(
        Scenario scenario,
        Optional<Violation> violation,
        long hash,
        long virtualNanos,
        long steps,
        int faults,
        int published,
        long executions,
        long storeWrites,
        int leaders,
        int versions,
        int moves,
        int plannedMoves,
        long settleNanos,
        Map<FaultKind, Figures> uncovered,
        Map<FaultKind, Figures> detected) {
    public boolean passed() {
        return violation.isEmpty();
    }

    /** The run in a line. */
    public String summary() {
        return "seed " + scenario.seed() + ": " + (passed() ? "passed" : "FAILED") + ", " + scenario.members()
                + " members, " + scenario.chambers() + " chambers, broker "
                + scenario.flavour().name().toLowerCase(java.util.Locale.ROOT) + ", size "
                + (scenario.sizeKnown() ? "known" : "unknown") + "; " + VirtualTime.seconds(virtualNanos) + " s, "
                + faults
                + " faults, " + published + " notifications, " + executions + " executions, " + leaders + " leaders, "
                + versions + " versions, " + moves + " moves; hash " + Long.toHexString(hash);
    }
}
