package io.tfdc.cli;

import io.tfdc.coordination.StableId;
import io.tfdc.leader.Decision;
import io.tfdc.leader.Move;
import io.tfdc.leader.OperatorReply;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Decisions as lines, newest last. */
final class DecisionTable {
    private DecisionTable() {}

    static void print(List<Decision> decisions, PrintWriter out) {
        if (decisions.isEmpty()) {
            out.println("no decisions in the log");
            return;
        }
        out.printf("%-20s %7s %-14s %6s  %s%n", "TIME", "VERSION", "CAUSE", "MOVED", "WHAT");
        for (Decision decision : decisions) {
            String by = decision.by().isEmpty() ? "" : " (by " + decision.by() + ')';
            out.printf(
                    "%-20s %7d %-14s %6d  %s%s%n",
                    time(decision.at()),
                    decision.version(),
                    cause(decision),
                    decision.moves().size(),
                    decision.summary(),
                    by);
        }
    }

    static void explain(OperatorReply.Explanation why, List<Decision> decisions, PrintWriter out) {
        out.printf("chamber    %s%n", why.chamber());
        out.printf("owner      %s%n", why.owner().map(StableId::toString).orElse("none"));
        if (!why.releasing().isEmpty()) {
            out.printf(
                    "released   not yet by %s%n",
                    why.releasing().stream().map(StableId::toString).collect(Collectors.joining(", ")));
        }
        out.printf(
                "weight     %s%n", why.weight() == 0 ? "not known" : String.format(Locale.ROOT, "%,d", why.weight()));
        why.pinned().ifPresent(id -> out.printf("pinned     to %s%n", id));
        out.println();
        if (decisions.isEmpty()) {
            out.println("the log has no decision about it any more");
        }
        for (Decision decision : decisions) {
            for (Move move : decision.moves()) {
                if (move.chamber().equals(why.chamber())) {
                    String by = decision.by().isEmpty() ? "" : ", by " + decision.by();
                    out.printf(
                            "%-20s version %d: %s -> %s, %s: %s%s%n",
                            time(decision.at()),
                            decision.version(),
                            move.from() == null ? "(new)" : move.from(),
                            move.to(),
                            PlanTable.reason(move),
                            decision.summary(),
                            by);
                }
            }
        }
    }

    private static String cause(Decision decision) {
        return decision.cause().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
