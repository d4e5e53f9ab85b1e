package io.tfdc.cli;

import io.tfdc.leader.Move;
import io.tfdc.leader.OperatorReply;
import io.tfdc.leader.PlanStatistics;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What would move. */
final class PlanTable {
    private static final int MAX_ROWS = 30;

    private PlanTable() {}

    static void print(OperatorReply.DryRun plan, PrintWriter out) {
        PlanStatistics statistics = plan.statistics();
        out.printf(
                Locale.ROOT,
                "%d members: %d of %d chambers would move (%.1f %%)%n",
                plan.members(),
                statistics.moved(),
                statistics.chambers(),
                100 * statistics.movedShare());
        out.printf(
                Locale.ROOT,
                "weight     %.0f %% to %.0f %% of the mean%n",
                100 * statistics.minOverMean(),
                100 * statistics.maxOverMean());
        out.printf(Locale.ROOT, "chambers   %d to %d per member%n", statistics.minCount(), statistics.maxCount());
        Map<String, Integer> pairs = new TreeMap<>();
        for (Move move : plan.moves()) {
            String from = move.from() == null ? "(new)" : move.from();
            pairs.merge(String.format("%-14s -> %-14s %s", from, move.to(), reason(move)), 1, Integer::sum);
        }
        if (!pairs.isEmpty()) {
            out.println();
        }
        pairs.entrySet().stream()
                .limit(MAX_ROWS)
                .forEach(pair -> out.printf("%6d  %s%n", pair.getValue(), pair.getKey()));
        if (pairs.size() > MAX_ROWS) {
            out.printf("        and %d more rows; --json has every chamber%n", pairs.size() - MAX_ROWS);
        }
    }

    static String reason(Move move) {
        return move.reason().name().toLowerCase(Locale.ROOT);
    }
}
