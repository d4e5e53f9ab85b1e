package io.tfdc.simulator;

import io.tfdc.model.ChamberEvent;
import io.tfdc.model.ChamberId;
import io.tfdc.model.RunContext;
import io.tfdc.model.RunId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One chamber: its own offsets, its slow drift, lots and maintenance, run after run. */
final class SimulatedChamber {
    private static final DateTimeFormatter CONTEXT =
            DateTimeFormatter.ofPattern("'ctx_'yyyyMMdd'_'HHmmss").withZone(ZoneOffset.UTC);
    private static final int LOT_SIZE = 25;
    private static final int DUMMIES_AFTER_MAINTENANCE = 2;

    private final ChamberId id;
    private final ToolModel model;
    private final FabConfig config;
    private final Dice dice;
    private final FaultPlan faults;
    private final double[] offset;
    private final double[] driftPerRun;
    private Instant nextStart;
    private int runs;
    private int wafers;
    private int sinceMaintenance;
    private int nextMaintenance;

    SimulatedChamber(ChamberId id, ToolModel model, FabConfig config) {
        this.id = id;
        this.model = model;
        this.config = config;
        this.dice = new Dice(config.seed()).fork(id.toString());
        this.faults = new FaultPlan(id.toString(), model, config.faultRate());
        this.offset = new double[model.signals().size()];
        this.driftPerRun = new double[model.signals().size()];
        Dice personality = dice.fork("personality");
        for (int s = 0; s < offset.length; s++) {
            double sigma = model.signals().get(s).runSigma();
            offset[s] = personality.gaussian() * 6 * sigma;
            driftPerRun[s] = personality.gaussian() * 0.003 * sigma;
        }
        this.nextStart = config.start()
                .truncatedTo(ChronoUnit.SECONDS)
                .plusMillis(Math.round(personality.uniform() * model.nominalSeconds() * 1000));
        this.nextMaintenance = untilMaintenance(personality);
    }

    Instant nextStart() {
        return nextStart;
    }

    SimulatedRun next() {
        Dice run = dice.fork(runs);
        List<ChamberEvent> events = new ArrayList<>();
        if (config.maintenanceRuns() > 0 && sinceMaintenance == nextMaintenance) {
            maintain(run.fork("maintenance"), events);
        }
        boolean dummy = runs > sinceMaintenance && sinceMaintenance < DUMMIES_AFTER_MAINTENANCE;
        Fault fault = faults.next(run.fork("faults"), sinceMaintenance < config.learningRuns());
        List<Fault> active = fault == null ? List.of() : List.of(fault);
        Timeline timeline = Timeline.draw(model, run.fork("timeline"), active);
        double[] level = levels(run.fork("levels"));
        double[][] readings = new SignalSynthesis(model, level, timeline, active, run.fork("signals")).readings();
        Instant start = nextStart;
        Instant end = start.plusMillis(Math.round(timeline.seconds()[timeline.seconds().length - 1] * 1000));
        RunContext context = new RunContext(new RunId(id, CONTEXT.format(start)), start, end, attributes(dummy));
        SimulatedRun made =
                new RunRecording(model, timeline, readings).record(context, active, events, run.fork("dirt"));
        advance(timeline.plannedSeconds(), dummy, run.fork("exchange"));
        return made;
    }

    private void maintain(Dice pm, List<ChamberEvent> events) {
        nextStart = nextStart.plus(2, ChronoUnit.HOURS);
        for (int s = 0; s < offset.length; s++) {
            offset[s] += pm.gaussian() * 2.5 * model.signals().get(s).runSigma();
        }
        faults.repair();
        sinceMaintenance = 0;
        nextMaintenance = untilMaintenance(pm);
        events.add(new ChamberEvent(
                id, nextStart.minusSeconds(60), ChamberEvent.PM_COMPLETE, "", Map.of("by", "maintenance")));
    }

    private int untilMaintenance(Dice pm) {
        int mean = config.maintenanceRuns();
        return mean == 0 ? 0 : Math.max(1, mean - mean / 4 + pm.below(mean / 2 + 1));
    }

    private double[] levels(Dice run) {
        Dice lot = dice.fork("lot").fork(wafers / LOT_SIZE);
        double[] level = new double[offset.length];
        for (int s = 0; s < level.length; s++) {
            SignalModel signal = model.signals().get(s);
            double sigmas = 0.8 * run.gaussian() + 0.4 * lot.gaussian() + firstWafer(signal.role());
            level[s] = offset[s] + driftPerRun[s] * sinceMaintenance + sigmas * signal.runSigma();
        }
        return level;
    }

    /** The first wafer of a lot meets a chamber that has cooled down. */
    private double firstWafer(SignalRole role) {
        boolean first = wafers % LOT_SIZE == 0;
        return first && (role == SignalRole.TEMP || role == SignalRole.OPTICAL) ? -1 : 0;
    }

    private Map<String, String> attributes(boolean dummy) {
        int slot = wafers % LOT_SIZE + 1;
        String lot = "L%s%05d".formatted(id.chamber(), wafers / LOT_SIZE + 1);
        return Map.of(
                RunContext.TOOL_TYPE,
                model.toolType(),
                RunContext.RECIPE,
                model.recipe(),
                RunContext.RECIPE_VERSION,
                model.recipeVersion(),
                RunContext.WAFER_TYPE,
                dummy ? "dummy" : "product",
                "product",
                "P" + (wafers / LOT_SIZE % 3 + 1),
                RunContext.LOT,
                dummy ? "DUMMY" : lot,
                RunContext.WAFER,
                dummy ? "DUMMY-" + (sinceMaintenance + 1) : "%s-%02d".formatted(lot, slot),
                "slot",
                String.valueOf(slot));
    }

    private void advance(double plannedSeconds, boolean dummy, Dice exchange) {
        runs++;
        sinceMaintenance++;
        if (!dummy) {
            wafers++;
        }
        long pause = wafers % LOT_SIZE == 0 ? 120_000 : 15_000;
        nextStart = nextStart.plusMillis(Math.round(plannedSeconds * 1000) + pause + exchange.below(10_000));
    }
}
