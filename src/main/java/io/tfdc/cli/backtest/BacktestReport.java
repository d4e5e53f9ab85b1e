package io.tfdc.cli.backtest;

import io.tfdc.backtest.BacktestResult;
import io.tfdc.model.Severity;
import java.util.List;

/**
 * What a back-test has to tell.
 *
 * @param least events below this severity don't count as alarms
 * @param results one, or two over the same runs
 */
public record BacktestReport(Severity least, List<BacktestResult> results) {
    static final String LEAVE_ONE_OUT =
            "leave-one-out: every run is judged by limits from all other good runs of its chamber and "
                    + "group, however many there are; rules over several runs (nelson, ewma, cusum, consecutive, latch, cooldown) see one "
                    + "run only";

    public BacktestReport {
        results = List.copyOf(results);
    }

    /** Whether a strategy applied to at least one run in each result. */
    public boolean hasMatches() {
        return results.stream().allMatch(result -> result.matched() > 0);
    }

    boolean isLeaveOneOut() {
        return results.stream().anyMatch(BacktestResult::leaveOneOut);
    }
}
