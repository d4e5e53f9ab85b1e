package io.tfdc.cli;

import io.tfdc.clustersim.BrokerFlavour;
import io.tfdc.clustersim.FaultKind;
import io.tfdc.clustersim.Figures;
import io.tfdc.clustersim.Outcome;
import io.tfdc.clustersim.Sabotage;
import io.tfdc.clustersim.Scenario;
import io.tfdc.clustersim.Simulation;
import io.tfdc.clustersim.SimulationTotals;
import io.tfdc.clustersim.Violation;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Runs seeds of the simulated cluster and prints how they went. */
final class ClusterSimulations {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,18})\\.\\.(\\d{1,18})");
    private static final int MOST_SEEDS = 1_000_000;
    private static final double MOST_MINUTES = 24 * 60;

    private final Request request;
    private final PrintWriter out;
    private final boolean json;
    private final int lines;

    /** What the command line asks for; null where the seed decides. */
    record Request(
            @Nullable Integer members,
            @Nullable Integer chambers,
            double minutes,
            String faults,
            @Nullable String broker,
            String bug) {}

    ClusterSimulations(Request request, PrintWriter out, boolean json, int lines) {
        if (!(request.minutes() >= 0 && request.minutes() <= MOST_MINUTES)) {
            throw new IllegalArgumentException(
                    "--minutes: expected 0 to " + MOST_MINUTES + ", found " + request.minutes());
        }
        this.request = request;
        this.out = out;
        this.json = json;
        this.lines = lines;
    }

    static List<Long> range(@Nullable Long seed, @Nullable String seeds) {
        if (seeds == null) {
            return List.of(seed == null ? 1L : seed);
        }
        Matcher matcher = RANGE.matcher(seeds);
        if (!matcher.matches() || seed != null) {
            throw new IllegalArgumentException("--seeds: expected FROM..TO and no --seed, found " + seeds);
        }
        long from = Long.parseLong(matcher.group(1));
        long to = Long.parseLong(matcher.group(2));
        if (to < from || to - from >= MOST_SEEDS) {
            throw new IllegalArgumentException("--seeds: expected 1 to " + MOST_SEEDS + " seeds, found " + seeds);
        }
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    /** Whether every promise was kept. */
    boolean run(List<Long> seeds) {
        SimulationTotals totals = new SimulationTotals();
        for (long seed : seeds) {
            Outcome outcome = Simulation.run(scenario(seed));
            totals.add(outcome);
            print(outcome);
        }
        out.println(json ? summary(totals).encode() : totals.report());
        out.flush();
        return totals.failed() == 0;
    }

    private Scenario scenario(long seed) {
        Scenario drawn =
                Scenario.random(seed, Duration.ofMillis((long) (request.minutes() * 60_000)), kinds(request.faults()));
        Integer members = request.members();
        Integer chambers = request.chambers();
        if (members != null || chambers != null) {
            drawn = Scenario.of(
                    seed,
                    members == null ? drawn.members() : members,
                    chambers == null ? drawn.chambers() : chambers,
                    drawn.duration(),
                    drawn.faults());
        }
        String broker = request.broker();
        if (broker != null) {
            drawn = drawn.with(constant(BrokerFlavour.class, "--broker", broker));
        }
        return drawn.with(constant(Sabotage.class, "--bug", request.bug()));
    }

    private static Set<FaultKind> kinds(String list) {
        if (list.equals("all")) {
            return FaultKind.all();
        }
        EnumSet<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
        if (!list.equals("none")) {
            for (String word : list.split(",", -1)) {
                kinds.add(constant(FaultKind.class, "--faults", word));
            }
            if (!FaultKind.all().containsAll(kinds)) {
                throw new IllegalArgumentException("--faults: a cluster starts but once, found " + list);
            }
        }
        return kinds;
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String option, String word) {
        try {
            return Enum.valueOf(type, word.strip().toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option + ": unknown \"" + word + '"', e);
        }
    }

    private void print(Outcome outcome) {
        if (json) {
            out.println(object(outcome).encode());
        } else {
            outcome.violation().ifPresent(violation -> {
                out.println(violation.report(lines));
                out.println();
            });
            out.println(outcome.summary());
        }
        out.flush();
    }

    private static JsonObject object(Outcome outcome) {
        Scenario scenario = outcome.scenario();
        JsonObject object = new JsonObject()
                .put("seed", scenario.seed())
                .put("passed", outcome.passed())
                .put("members", scenario.members())
                .put("chambers", scenario.chambers())
                .put("broker", scenario.flavour().name().toLowerCase(Locale.ROOT))
                .put("sizeKnown", scenario.sizeKnown())
                .put("hash", Long.toHexString(outcome.hash()))
                .put("virtualSeconds", outcome.virtualNanos() / 1e9)
                .put("faults", outcome.faults())
                .put("published", outcome.published())
                .put("executions", outcome.executions())
                .put("storeWrites", outcome.storeWrites())
                .put("leaders", outcome.leaders())
                .put("versions", outcome.versions())
                .put("moves", outcome.moves())
                .put("plannedMoves", outcome.plannedMoves())
                .put("settleSeconds", outcome.settleNanos() < 0 ? null : outcome.settleNanos() / 1e9);
        outcome.violation().ifPresent(violation -> object.put("violation", object(violation)));
        return object;
    }

    private static JsonObject object(Violation violation) {
        return new JsonObject()
                .put("invariant", violation.invariant().name())
                .put("atSeconds", violation.atNanos() / 1e9)
                .put("text", violation.text());
    }

    private static JsonObject summary(SimulationTotals totals) {
        return new JsonObject()
                .put("summary", true)
                .put("seeds", totals.runs())
                .put("failed", totals.failed())
                .put("failedSeeds", totals.failedSeeds())
                .put("virtualHours", totals.virtualNanos() / 3.6e12)
                .put("faults", totals.faults())
                .put("published", totals.published())
                .put("executions", totals.executions())
                .put("versions", totals.versions())
                .put("moves", totals.moves())
                .put("plannedMoves", totals.plannedMoves())
                .put("settleP50Millis", totals.settling().millisAt(0.5))
                .put("settleP95Millis", totals.settling().millisAt(0.95))
                .put("settleMaxMillis", totals.settling().millisAt(1))
                .put("uncovered", figures(totals.uncovered()))
                .put("detected", figures(totals.detected()));
    }

    private static JsonObject figures(Map<FaultKind, Figures> all) {
        JsonObject object = new JsonObject();
        all.forEach((kind, figures) -> object.put(
                kind.word(),
                new JsonObject()
                        .put("count", figures.count())
                        .put("p50Millis", figures.millisAt(0.5))
                        .put("p95Millis", figures.millisAt(0.95))
                        .put("maxMillis", figures.millisAt(1))));
        return object;
    }
}
