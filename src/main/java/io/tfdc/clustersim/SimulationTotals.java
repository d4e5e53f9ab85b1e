package io.tfdc.clustersim;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What many runs come to. */
public final class SimulationTotals {
    private final Map<FaultKind, Figures> uncovered = new EnumMap<>(FaultKind.class);
    private final Map<FaultKind, Figures> detected = new EnumMap<>(FaultKind.class);
    private final Figures settling = new Figures();
    private final List<Long> failedSeeds = new ArrayList<>();
    private int runs;
    private long virtualNanos;
    private long faults;
    private long published;
    private long executions;
    private long versions;
    private long moves;
    private long plannedMoves;

    public void add(Outcome outcome) {
        runs++;
        virtualNanos += outcome.virtualNanos();
        faults += outcome.faults();
        published += outcome.published();
        executions += outcome.executions();
        versions += outcome.versions();
        moves += outcome.moves();
        plannedMoves += outcome.plannedMoves();
        if (!outcome.passed()) {
            failedSeeds.add(outcome.scenario().seed());
        }
        if (outcome.settleNanos() >= 0) {
            settling.add(outcome.settleNanos());
        }
        gather(outcome.uncovered(), uncovered);
        gather(outcome.detected(), detected);
    }

    private static void gather(Map<FaultKind, Figures> from, Map<FaultKind, Figures> to) {
        from.forEach(
                (kind, figures) -> to.computeIfAbsent(kind, k -> new Figures()).addAll(figures));
    }

    /** From the loss of a member to the map without it, by the kind of fault. */
    public Map<FaultKind, Figures> detected() {
        return detected;
    }

    public int runs() {
        return runs;
    }

    public int failed() {
        return failedSeeds.size();
    }

    public List<Long> failedSeeds() {
        return List.copyOf(failedSeeds);
    }

    public long virtualNanos() {
        return virtualNanos;
    }

    public long faults() {
        return faults;
    }

    public long published() {
        return published;
    }

    public long executions() {
        return executions;
    }

    public long versions() {
        return versions;
    }

    public long moves() {
        return moves;
    }

    public long plannedMoves() {
        return plannedMoves;
    }

    /** From the last fault until the cluster was at rest. */
    public Figures settling() {
        return settling;
    }

    /** How long chambers were without an active consumer, by the kind of fault that came last before. */
    public Map<FaultKind, Figures> uncovered() {
        return uncovered;
    }

    /** All of it in a few lines. */
    public String report() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d seeds, %d failed; %.1f virtual hours, %d faults, %d notifications, %d executions, %d versions of the map,"
                        + " %d moves, %d of them planned%n",
                runs,
                failed(),
                virtualNanos / 3.6e12,
                faults,
                published,
                executions,
                versions,
                moves,
                plannedMoves));
        if (failed() > 0) {
            text.append("failed: ").append(failedSeeds).append('\n');
        }
        text.append(row("without an active consumer", "intervals", "p50 ms", "p95 ms", "max ms"));
        uncovered.forEach((kind, figures) -> text.append(row("  after " + kind.word(), figures)));
        text.append("from the loss of a member to the map without it\n");
        detected.forEach((kind, figures) -> text.append(row("  " + kind.word(), figures)));
        text.append(row("at rest after the last fault", settling));
        return text.toString();
    }

    private static String row(String what, Figures figures) {
        return row(
                what,
                String.valueOf(figures.count()),
                String.valueOf(figures.millisAt(0.5)),
                String.valueOf(figures.millisAt(0.95)),
                String.valueOf(figures.millisAt(1)));
    }

    private static String row(String what, String count, String p50, String p95, String most) {
        return String.format(Locale.ROOT, "%-30s %10s %8s %8s %8s\n", what, count, p50, p95, most);
    }
}
