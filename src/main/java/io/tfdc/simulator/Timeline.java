package io.tfdc.simulator;

import java.util.Arrays;
import java.util.List;

/**
 * When the samples of a run were taken and in which recipe step.
 *
 * @param seconds per sample, from the start of the run, ascending
 * @param step per sample, position of the recipe step
 * @param stepStart per recipe step its start in seconds, and the end of the last one
 */
@SuppressWarnings("ArrayRecordComponent")
record Timeline(double[] seconds, int[] step, double[] stepStart) {
    private static final double JITTER = 0.12;

    /** Draws step durations and sampling jitter; an early end cuts the run off within its main step. */
    static Timeline draw(ToolModel model, Dice dice, List<Fault> faults) {
        double[] start = new double[model.steps().size() + 1];
        for (int i = 0; i < model.steps().size(); i++) {
            RecipeStep step = model.steps().get(i);
            double spread = Math.max(-2.5, Math.min(2.5, dice.gaussian())) * step.spreadSeconds();
            start[i + 1] = start[i] + step.seconds() + spread;
        }
        double end = start[start.length - 1];
        for (Fault fault : faults) {
            if (fault.kind() == FaultKind.EARLY_END) {
                int main = model.mainStep();
                end = start[main] + fault.magnitude() * (start[main + 1] - start[main]);
            }
        }
        double interval = 1 / model.hz();
        int samples = (int) Math.floor(end / interval);
        double[] seconds = new double[samples];
        int[] step = new int[samples];
        int current = 0;
        for (int i = 0; i < samples; i++) {
            double jitter = i == 0 ? 0 : dice.between(-JITTER, JITTER) * interval;
            seconds[i] = Math.rint((i * interval + jitter) * 1000) / 1000;
            while (current < model.steps().size() - 1 && seconds[i] >= start[current + 1]) {
                current++;
            }
            step[i] = current;
        }
        return new Timeline(seconds, step, start);
    }

    /** How long the run takes if nothing ends it early. */
    double plannedSeconds() {
        return stepStart[stepStart.length - 1];
    }

    /** Time at a share of a step's duration. */
    double within(int stepPosition, double share) {
        return stepStart[stepPosition] + share * (stepStart[stepPosition + 1] - stepStart[stepPosition]);
    }

    /** First sample at or after the time. */
    int sampleAt(double time) {
        int found = Arrays.binarySearch(seconds, time);
        return found < 0 ? -found - 1 : found;
    }
}
