package io.tfdc.spc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.simulator.TraceCsv;
import io.tfdc.simulator.TracedRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real etch traces: their dirt, and how many faults against how many false alarms the indicators reach. */
class LamEtchTest {
    private static final List<WindowSpec> WINDOWS = List.of(WindowSpec.ofStep(4), WindowSpec.ofStep(5));
    private static final IndicatorPlan MEAN_AND_STD =
            IndicatorPlan.of(List.of(IndicatorSpec.of(Statistic.MEAN), IndicatorSpec.of(Statistic.STD)));

    private Map<String, List<TracedRun>> experiments = Map.of();

    @BeforeEach
    void read_the_traces() throws IOException {
        String given = System.getProperty("defender.lam9600", "");
        Path folder = given.isEmpty() ? GoldenCases.shared("lam9600").folder() : Path.of(given);
        Assumptions.assumeTrue(Files.isDirectory(folder), () -> "missing " + folder);
        experiments = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder, 3)) {
            files.filter(f -> f.toString().endsWith(".csv.gz") || f.toString().endsWith(".csv"))
                    .forEach(f -> experiments.put(f.getFileName().toString(), readAll(f)));
        }
        Assumptions.assumeFalse(experiments.isEmpty(), () -> "no traces in " + folder);
    }

    @Test
    void samples_of_the_next_wafer_are_cut_off_and_reported() {
        experiments.values().stream().flatMap(List::stream).forEach(run -> {
            int firstBack = run.samples();
            for (int i = 1; i < run.samples() && firstBack == run.samples(); i++) {
                firstBack = run.timesMicros()[i] < run.timesMicros()[i - 1] ? i : firstBack;
            }
            StepWindows windows = StepWindows.of(run.timesMicros(), run.step(), run.samples());
            if (firstBack == run.samples() - 1) {
                assertEquals(firstBack, windows.axis().size(), run.wafer());
                assertEquals(
                        new DataFinding(DataFinding.Kind.NEXT_RUN_SAMPLES, firstBack, 1),
                        windows.findings().get(0),
                        run.wafer());
            } else if (firstBack == run.samples()) {
                assertEquals(run.samples(), windows.axis().size(), run.wafer());
            }
            for (int i = 1; i < windows.axis().size(); i++) {
                assertTrue(windows.axis().time(i) >= windows.axis().time(i - 1), run.wafer());
            }
        });
    }

    @Test
    void each_step_is_visited_once_at_most_and_the_visits_cover_the_run() {
        experiments.values().stream().flatMap(List::stream).forEach(run -> {
            StepWindows windows = StepWindows.of(run.timesMicros(), run.step(), run.samples());
            assertTrue(
                    windows.visits().stream().allMatch(v -> v.occurrence() == 1), () -> run.wafer() + windows.visits());
            int covered =
                    windows.visits().stream().mapToInt(v -> v.to() - v.from()).sum();
            assertEquals(windows.axis().size(), covered, run.wafer());
        });
    }

    @Test
    void five_sigma_on_mean_and_std_finds_the_faults_with_few_false_alarms() {
        int faults = 0;
        int found = 0;
        int good = 0;
        int falseAlarms = 0;
        List<String> missed = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (List<TracedRun> runs : experiments.values()) {
            double[][] indicators = runs.stream().map(LamEtchTest::indicators).toArray(double[][]::new);
            double[] steps = quantisationSteps(runs);
            for (int i = 0; i < runs.size(); i++) {
                boolean alarm = alarms(runs, indicators, steps, i);
                if (runs.get(i).isFault()) {
                    faults++;
                    found += alarm ? 1 : 0;
                    if (!alarm) {
                        missed.add(runs.get(i).wafer() + " " + runs.get(i).fault());
                    }
                } else {
                    good++;
                    falseAlarms += alarm ? 1 : 0;
                    if (alarm) {
                        wrong.add(runs.get(i).wafer());
                    }
                }
            }
        }
        String confusion = "found " + found + " of " + faults + " faults, missed " + missed + "; alarmed " + falseAlarms
                + " of " + good + " good wafers " + wrong;
        assertTrue(found >= faults - 1, confusion);
        assertTrue(falseAlarms <= 0.05 * good, confusion);
    }

    /** Limits from the good wafers but this one; no closer to the centre than half a quantisation step of the signal. */
    private static boolean alarms(List<TracedRun> runs, double[][] indicators, double[] steps, int wafer) {
        int perSignal = WINDOWS.size() * MEAN_AND_STD.size();
        for (int c = 0; c < indicators[wafer].length; c++) {
            LimitPolicy policy = LimitPolicy.of(LimitMethod.SD, 5)
                    .withExclusion(true)
                    .withMinHalfWidth(MinHalfWidth.ofSteps(0.5, steps[c / perSignal]))
                    .withLearning(10, LimitPolicy.MAX_BASELINE);
            double[] baseline = new double[runs.size()];
            for (int i = 0; i < baseline.length; i++) {
                baseline[i] = i == wafer || runs.get(i).isFault() ? Double.NaN : indicators[i][c];
            }
            if (Baseline.learn(policy, baseline).judge(indicators[wafer][c]).isOutside()) {
                return true;
            }
        }
        return false;
    }

    private static double[] quantisationSteps(List<TracedRun> runs) {
        double[] steps = new double[runs.get(0).svids().length];
        for (int s = 0; s < steps.length; s++) {
            int signal = s;
            steps[s] = Quantisation.stepOf(runs.stream()
                    .filter(run -> !run.isFault())
                    .flatMapToDouble(run -> Arrays.stream(run.values()[signal]))
                    .toArray());
        }
        return steps;
    }

    private static double[] indicators(TracedRun run) {
        StepWindows windows = StepWindows.of(run.timesMicros(), run.step(), run.samples());
        double[] out = new double[WINDOWS.size() * run.svids().length * MEAN_AND_STD.size()];
        IndicatorScratch scratch = new IndicatorScratch();
        int at = 0;
        for (double[] column : run.values()) {
            double[] values = windows.axis().align(column);
            for (WindowSpec window : WINDOWS) {
                SampleRange range = windows.resolve(window);
                MEAN_AND_STD.evaluate(windows.axis().times(), values, range, scratch, out, at);
                at += MEAN_AND_STD.size();
            }
        }
        return out;
    }

    private static List<TracedRun> readAll(Path file) {
        try {
            return TraceCsv.readAll(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
