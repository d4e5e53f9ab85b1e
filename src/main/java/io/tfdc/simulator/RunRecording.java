package io.tfdc.simulator;

import io.tfdc.model.ChamberEvent;
import io.tfdc.model.RunContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns clean readings into the record that a collector delivers: step signal added, dirt included. */
final class RunRecording {
    private final ToolModel model;
    private final Timeline timeline;
    private final double[][] readings;

    RunRecording(ToolModel model, Timeline timeline, double[][] readings) {
        this.model = model;
        this.timeline = timeline;
        this.readings = readings;
    }

    SimulatedRun record(RunContext context, List<Fault> faults, List<ChamberEvent> before, Dice dice) {
        int[] rows = Dirt.rows(timeline.seconds().length, dice);
        boolean nextWafer = Dirt.endsWithNextWafer(dice);
        if (nextWafer) {
            rows = Arrays.copyOf(rows, rows.length + 1);
        }
        List<String> svids = new ArrayList<>(List.of(ToolModel.STEP_SVID));
        List<String> units = new ArrayList<>(List.of(""));
        List<double[]> columns = new ArrayList<>(List.of(pick(steps(), rows)));
        List<String> missing = new ArrayList<>();
        for (int s = 0; s < readings.length; s++) {
            SignalModel signal = model.signals().get(s);
            if (isMissing(signal, faults)) {
                missing.add(signal.svid());
            } else {
                svids.add(signal.svid());
                units.add(signal.unit());
                columns.add(pick(readings[s], rows));
            }
        }
        double[][] values = columns.toArray(new double[0][]);
        Dirt.blank(Arrays.copyOfRange(values, 1, values.length), dice);
        return new SimulatedRun(
                context,
                times(context.start(), rows),
                svids,
                units,
                values,
                ToolModel.STEP_SVID,
                missing,
                faults,
                before);
    }

    private double[] steps() {
        double[] steps = new double[timeline.step().length];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = model.steps().get(timeline.step()[i]).number();
        }
        return steps;
    }

    private long[] times(Instant start, int[] rows) {
        long origin = start.getEpochSecond() * 1_000_000 + start.getNano() / 1_000;
        long[] times = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            times[i] = origin + Math.round(timeline.seconds()[rows[i]] * 1e6);
        }
        return times;
    }

    private static boolean isMissing(SignalModel signal, List<Fault> faults) {
        return faults.stream()
                .anyMatch(fault ->
                        fault.kind() == FaultKind.MISSING_SVID && fault.svid().equals(signal.svid()));
    }

    private static double[] pick(double[] column, int[] rows) {
        double[] picked = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            picked[i] = column[rows[i]];
        }
        return picked;
    }
}
