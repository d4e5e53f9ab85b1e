package io.tfdc.simulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A kind of tool with the recipe that it runs.
 *
 * @param toolType e.g. {@code ETCH}
 * @param recipe recipe name
 * @param recipeVersion recipe version
 * @param hz nominal samples per second
 * @param steps steps in order
 * @param mainStep position of the step that does the work
 * @param signals status variables, without the step number
 */
record ToolModel(
        String toolType,
        String recipe,
        String recipeVersion,
        double hz,
        List<RecipeStep> steps,
        int mainStep,
        List<SignalModel> signals) {
    /** The status variable that carries the recipe step number. */
    static final String STEP_SVID = "Step_Number";

    static final String AUXILIARY = "Aux_Temp_";

    ToolModel {
        steps = List.copyOf(steps);
        signals = List.copyOf(signals);
        for (SignalModel signal : signals) {
            if (signal.setPoints().size() != steps.size()) {
                throw new IllegalArgumentException(toolType + ", " + signal.svid() + ": expected " + steps.size()
                        + " set-points, found " + signal.setPoints().size());
            }
        }
    }

    int indexOf(String svid) {
        for (int i = 0; i < signals.size(); i++) {
            if (signals.get(i).svid().equals(svid)) {
                return i;
            }
        }
        return -1;
    }

    boolean isActiveInMainStep(SignalModel signal) {
        return signal.setPoints().get(mainStep) != 0;
    }

    /** This model with other sampling and, where it has fewer than {@code minSvids} variables, auxiliary temperature sensors. */
    ToolModel withLoad(int minSvids, double samplesPerSecond) {
        List<SignalModel> all = new ArrayList<>(signals);
        while (all.size() + 1 < minSvids) {
            int number = all.size() + 1 - signals.size();
            double level = 20 + number % 60;
            all.add(new SignalModel(
                    AUXILIARY + "%03d".formatted(number),
                    "degC",
                    SignalRole.TEMP,
                    Collections.nCopies(steps.size(), level),
                    10,
                    0.05,
                    0.8,
                    0.06,
                    100,
                    List.of()));
        }
        double rate = samplesPerSecond == 0 ? hz : samplesPerSecond;
        return new ToolModel(toolType, recipe, recipeVersion, rate, steps, mainStep, all);
    }

    double nominalSeconds() {
        return steps.stream().mapToDouble(RecipeStep::seconds).sum();
    }
}
