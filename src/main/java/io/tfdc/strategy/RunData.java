package io.tfdc.strategy;

import io.tfdc.model.RunContext;
import io.tfdc.spc.DataFinding;
import java.util.List;

/**
 * What is to be judged: a run and its values.
 *
 * @param context the run
 * @param values one per key of {@link RunPlan#layout()}; NaN where undefined. Kept in the U-chart: nobody may write to it
 * @param findings what was wrong with the samples
 */
@SuppressWarnings("ArrayRecordComponent")
public record RunData(RunContext context, double[] values, List<DataFinding> findings) {
    public RunData {
        findings = List.copyOf(findings);
    }
}
