package io.tfdc.cli.backtest;

import io.tfdc.model.RunContext;

/** What is known about runs whatever a strategy says: attributes {@code set} ({@code normal}, {@code fault}) and {@code fault}. */
final class Labels {
    private Labels() {}

    static boolean isLabelled(RunContext run) {
        return !run.attribute("set").isEmpty();
    }

    static boolean isFault(RunContext run) {
        return run.attribute("set").equals("fault");
    }

    /** Name of the fault, {@code fault} if it has none. */
    static String fault(RunContext run) {
        String name = run.attribute("fault");
        return name.isEmpty() ? "fault" : name;
    }
}
