package io.tfdc.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.model.ChamberEvent;
import io.tfdc.model.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FabTest {
    private static final Instant START = Instant.parse("2026-01-05T06:00:00Z");
    private static final FabConfig STANDARD = FabConfig.standard(7, START);

    @Test
    void theSameSeedYieldsTheSameRuns() {
        Fab one = new Fab(STANDARD);
        Fab other = new Fab(STANDARD);
        for (int i = 0; i < 300; i++) {
            assertEquals(one.next(), other.next(), "run " + i);
        }
    }

    @Test
    void anotherSeedYieldsOtherRuns() {
        assertNotEquals(
                new Fab(STANDARD).next().values()[1][5],
                new Fab(FabConfig.standard(8, START)).next().values()[1][5]);
    }

    @Test
    void aChambersRunsDoNotDependOnTheOtherChambers() {
        List<SimulatedRun> alone = runsOf(new Fab(STANDARD.withTools(1)), "ETCH-01:A", 40);
        List<SimulatedRun> among = runsOf(new Fab(STANDARD), "ETCH-01:A", 40);
        assertEquals(alone, among);
    }

    @Test
    void chambersAreSpreadOverToolsAndTypes() {
        Fab fab = new Fab(STANDARD);
        assertEquals(8, fab.chambers().stream().map(id -> id.tool()).distinct().count());
        assertTrue(fab.chambers().size() >= 16 && fab.chambers().size() <= 24, fab.chambers()::toString);
        Set<String> recipes = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            recipes.add(fab.next().context().attribute("recipe"));
        }
        assertEquals(Set.of("AL_STACK_ETCH", "TEOS_OXIDE_DEP", "TIN_BARRIER"), recipes);
        assertEquals(6_000, new Fab(STANDARD.withChambers(6_000)).chambers().size());
    }

    @Test
    void contextsAreUniqueAndRunsOfAChamberFollowEachOther() {
        Fab fab = new Fab(STANDARD.withMaintenance(30));
        Set<RunId> seen = new HashSet<>();
        Map<Object, Instant> lastEnd = new HashMap<>();
        for (int i = 0; i < 2_000; i++) {
            SimulatedRun run = fab.next();
            assertTrue(seen.add(run.context().id()), () -> "twice: " + run);
            Instant before =
                    lastEnd.put(run.context().id().chamber(), run.context().end());
            assertTrue(before == null || run.context().start().isAfter(before), () -> "overlap: " + run);
        }
    }

    @Test
    void readingsStayNearTheirSetPoints() {
        Fab fab = new Fab(STANDARD.withFaults(0, 0));
        Map<String, ToolModel> models = new HashMap<>();
        ToolModels.standard().forEach(model -> models.put(model.toolType(), model));
        for (int i = 0; i < 200; i++) {
            SimulatedRun run = fab.next();
            ToolModel model = models.get(run.context().attribute("toolType"));
            for (SignalModel signal : model.signals()) {
                double mean = meanOfMainStep(run, model, signal.svid());
                double nominal = signal.setPoints().get(model.mainStep());
                double slack = 40 * signal.yardstick() + 0.12 * signal.fullScale();
                assertTrue(
                        Math.abs(mean - nominal) < slack,
                        () -> "seed 7, " + run.context().id() + ", " + signal.svid() + ": mean " + mean + " for "
                                + nominal);
            }
        }
    }

    @Test
    void readingsAreWholeStepsOfTheResolution() {
        SimulatedRun run = new Fab(STANDARD.withTools(1)).next();
        for (double value : run.column("Pressure")) {
            assertTrue(Double.isNaN(value) || Math.rint(value * 100) / 100 == value, () -> "Pressure " + value);
        }
        for (double value : run.column("RF_Source_Fwd")) {
            assertTrue(Double.isNaN(value) || Math.rint(value) == value, () -> "RF_Source_Fwd " + value);
        }
    }

    @Test
    void noiseOfASignalRemembersItself() {
        ToolModel etch = ToolModels.standard().get(0);
        SimulatedRun run = new Fab(STANDARD.withTools(1).withFaults(0, 0)).next();
        double[] values = mainStep(run, etch, "Chuck_Temp");
        double mean =
                Stream.of(values).flatMapToDouble(Arrays::stream).average().orElseThrow();
        double lagged = 0;
        double square = 0;
        for (int i = 1; i < values.length; i++) {
            lagged += (values[i] - mean) * (values[i - 1] - mean);
            square += (values[i] - mean) * (values[i] - mean);
        }
        assertTrue(lagged / square > 0.3, "autocorrelation " + lagged / square);
    }

    @Test
    void theDirtOfRealCollectionIsThere() {
        Fab fab = new Fab(STANDARD);
        int nextWafer = 0;
        int doubled = 0;
        int gaps = 0;
        int missing = 0;
        for (int i = 0; i < 1_000; i++) {
            SimulatedRun run = fab.next();
            long[] times = run.timesMicros();
            int last = times.length - 1;
            boolean jumps = times[last] < times[last - 1];
            if (jumps) {
                nextWafer++;
                assertEquals(1, run.column("Step_Number")[last], () -> "step returns to the first: " + run);
            }
            long interval = times[5] - times[4];
            for (int k = 1; k < (jumps ? last : last + 1); k++) {
                assertTrue(times[k] >= times[k - 1], () -> "time goes back within " + run);
                doubled += times[k] == times[k - 1] ? 1 : 0;
                gaps += times[k] - times[k - 1] > 2.6 * interval ? 1 : 0;
            }
            for (double[] column : run.values()) {
                missing += Arrays.stream(column).anyMatch(Double::isNaN) ? 1 : 0;
            }
        }
        String counts =
                "seed 7: next wafer " + nextWafer + ", doubled " + doubled + ", gaps " + gaps + ", NaN " + missing;
        assertTrue(nextWafer > 250 && nextWafer < 450, counts);
        assertTrue(doubled >= 5 && doubled < 60, counts);
        assertTrue(gaps >= 5 && gaps < 100, counts);
        assertTrue(missing > 20 && missing < 100, counts);
    }

    @Test
    void faultsShowInTheSignalTheySitIn() {
        Map<FaultKind, Integer> seen = new EnumMap<>(FaultKind.class);
        Fab healthy = new Fab(STANDARD.withFaults(0, 0).withMaintenance(0));
        Fab faulty = new Fab(STANDARD.withFaults(0.3, 0).withMaintenance(0));
        Map<RunId, SimulatedRun> good = new HashMap<>();
        for (int i = 0; i < 1_200; i++) {
            SimulatedRun run = healthy.next();
            good.put(run.context().id(), run);
        }
        for (int i = 0; i < 1_000; i++) {
            SimulatedRun run = faulty.next();
            SimulatedRun twin = good.get(run.context().id());
            for (Fault fault : run.faults()) {
                seen.merge(fault.kind(), 1, Integer::sum);
                assertTrue(isVisible(fault, run, twin), () -> "seed 7: " + fault + " does not show in " + run);
            }
            if (run.faults().isEmpty()) {
                assertEquals(twin, run, "a run without fault is the same in both fabs");
            }
        }
        for (FaultKind kind : FaultKind.simulated()) {
            assertTrue(seen.getOrDefault(kind, 0) >= 3, () -> "seed 7: " + seen);
        }
    }

    @Test
    void anEarlyEndCutsTheMainStepAndWhatFollows() {
        Fab fab = new Fab(STANDARD.withFaults(0.5, 0));
        int seen = 0;
        for (int i = 0; i < 600; i++) {
            SimulatedRun run = fab.next();
            if (run.faults().stream().anyMatch(fault -> fault.kind() == FaultKind.EARLY_END)) {
                seen++;
                double highest = Arrays.stream(run.column("Step_Number")).max().orElseThrow();
                assertEquals(run.faults().get(0).step(), highest, run::toString);
            }
        }
        assertTrue(seen > 10, "early ends: " + seen);
    }

    @Test
    void learningRunsAreSparedTheFaultsThatOnlyLearnedLimitsFind() {
        Fab fab = new Fab(STANDARD.withFaults(0.5, 20).withMaintenance(0));
        for (int i = 0; i < 8 * 2 * 15; i++) {
            for (Fault fault : fab.next().faults()) {
                assertTrue(
                        Set.of(FaultKind.MISSING_SVID, FaultKind.EARLY_END, FaultKind.REFLECTED_BURST)
                                .contains(fault.kind()),
                        fault::toString);
            }
        }
    }

    @Test
    void maintenanceIsReportedBeforeTheNextRunAndShiftsTheChamber() {
        ToolModel etch = ToolModels.standard().get(0);
        List<SimulatedRun> runs =
                runsOf(new Fab(STANDARD.withTools(1).withFaults(0, 0).withMaintenance(40)), "ETCH-01:A", 120);
        int at = -1;
        for (int i = 0; i < runs.size() && at < 0; i++) {
            at = runs.get(i).before().isEmpty() ? -1 : i;
        }
        assertTrue(at >= 30 && at <= 50, "first maintenance before run " + at);
        ChamberEvent event = runs.get(at).before().get(0);
        assertEquals(ChamberEvent.PM_COMPLETE, event.type());
        assertTrue(event.at().isBefore(runs.get(at).context().start()));
        assertTrue(event.at().isAfter(runs.get(at - 1).context().end()));
        assertEquals("dummy", runs.get(at).context().attribute("waferType"));
        int moved = 0;
        for (SignalModel signal : etch.signals()) {
            double before = meanOf(runs.subList(at - 20, at), etch, signal.svid());
            double after = meanOf(runs.subList(at + 2, at + 22), etch, signal.svid());
            moved += Math.abs(after - before) > signal.runSigma() ? 1 : 0;
        }
        assertTrue(moved > etch.signals().size() / 3, "moved: " + moved);
    }

    @Test
    void loadCanBeRaisedWithAuxiliarySensors() {
        SimulatedRun run = new Fab(STANDARD.withTools(1).withLoad(100, 15)).next();
        assertEquals(100, run.svids().size() + run.announcedOnly().size());
        assertTrue(run.samples() > 1_100, run::toString);
    }

    private static boolean isVisible(Fault fault, SimulatedRun run, SimulatedRun twin) {
        return switch (fault.kind()) {
            case MISSING_SVID ->
                run.announcedOnly().contains(fault.svid()) && !run.svids().contains(fault.svid());
            case EARLY_END -> run.samples() < twin.samples();
            default -> greatestDifference(run.column(fault.svid()), twin.column(fault.svid())) > 0;
        };
    }

    private static double greatestDifference(double[] a, double[] b) {
        double greatest = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = Math.abs(a[i] - b[i]);
            greatest = Double.isNaN(difference) ? greatest : Math.max(greatest, difference);
        }
        return greatest;
    }

    private static List<SimulatedRun> runsOf(Fab fab, String chamber, int count) {
        List<SimulatedRun> runs = new ArrayList<>();
        while (runs.size() < count) {
            SimulatedRun run = fab.next();
            if (run.context().id().chamber().toString().equals(chamber)) {
                runs.add(run);
            }
        }
        return runs;
    }

    private static double meanOf(List<SimulatedRun> runs, ToolModel model, String svid) {
        return runs.stream()
                .mapToDouble(run -> meanOfMainStep(run, model, svid))
                .average()
                .orElseThrow();
    }

    private static double meanOfMainStep(SimulatedRun run, ToolModel model, String svid) {
        return Arrays.stream(mainStep(run, model, svid)).average().orElseThrow();
    }

    private static double[] mainStep(SimulatedRun run, ToolModel model, String svid) {
        double[] steps = run.column("Step_Number");
        double[] column = run.column(svid);
        return IntStream.range(0, steps.length)
                .filter(i -> steps[i] == model.mainStep() + 1 && !Double.isNaN(column[i]))
                .skip(20)
                .mapToDouble(i -> column[i])
                .toArray();
    }
}
