package io.tfdc.backtest;

import io.tfdc.model.RunContext;

/**
 * What is known about a run independent of its charts, from its attributes {@code set} ({@code normal}, {@code fault}) and
 * {@code fault}.
 *
 * @param kind whether it was good
 * @param fault name of the fault; empty unless the run is faulty
 */
public record RunLabel(Kind kind, String fault) {
    /** Good or bad. */
    public enum Kind {
        GOOD,
        FAULTY,
        /** Nobody has labelled the run; a back-test takes it for good. */
        UNLABELLED
    }

    /** Reads the labels of a run. */
    public static RunLabel of(RunContext run) {
        String set = run.attribute("set");
        String fault = run.attribute("fault");
        if (set.equals("fault") || (!fault.isEmpty() && !set.equals("normal"))) {
            return new RunLabel(Kind.FAULTY, fault.isEmpty() ? "fault" : fault);
        }
        return new RunLabel(set.equals("normal") ? Kind.GOOD : Kind.UNLABELLED, "");
    }

    public boolean isFaulty() {
        return kind == Kind.FAULTY;
    }
}
