package io.tfdc.uchart;

import io.tfdc.strategy.RunData;
import io.tfdc.strategy.RunPlan;

/**
 * A run's values, ready for its strategies.
 *
 * @param plan evaluates the data against a history
 * @param data the run with its values in the order of the plan's layout
 * @param points samples of the run, of all SVIDs
 */
public record CalculatedRun(RunPlan plan, RunData data, long points) {}
