package io.tfdc.strategy;

import io.tfdc.model.RunContext;
import io.tfdc.spc.DataFinding;
import java.util.List;

/**
 * What is to be judged: a run and its values.
 *
 * @param context the run
 * @param values one per key of {@link RunPlan#layout()}; NaN where undefined. Kept in the U-chart: nobody may write to it
 * @param digits per value how coarsely it moves because its samples have so few digits, 0 where it moves freely; empty if nobody knows
 * @param findings what was wrong with the samples
 */
@SuppressWarnings("ArrayRecordComponent")
public record RunData(RunContext context, double[] values, double[] digits, List<DataFinding> findings) {
    public RunData {
        findings = List.copyOf(findings);
    }

    /** A run whose samples are unknown. */
    public RunData(RunContext context, double[] values, List<DataFinding> findings) {
        this(context, values, new double[0], findings);
    }

    double digit(int position) {
        return position < digits.length ? digits[position] : 0;
    }
}
