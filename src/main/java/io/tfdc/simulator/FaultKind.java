package io.tfdc.simulator;

import java.util.Arrays;
import java.util.List;

/** The kinds of faults that a run can have. */
public enum FaultKind {
    /** The value jumps within the main step and stays there until its end. */
    STEP_SHIFT("step shift"),
    /** One or two samples far off. */
    SPIKE("spike"),
    /** The value creeps away over many runs. */
    DRIFT("drift"),
    /** The signal becomes restless. */
    NOISE("noise increase"),
    /** The reading freezes on its way to the main step's value. */
    STUCK("stuck sensor"),
    /** A gas flows at another rate than the recipe says. */
    WRONG_SETPOINT("wrong set-point"),
    /** The signal takes much longer to settle. */
    SLOW_SETTLING("slow settling"),
    /** Power comes back for a few seconds. */
    REFLECTED_BURST("reflected power burst"),
    /** A status variable is not delivered. */
    MISSING_SVID("missing SVID"),
    /** The run ends in the middle of the main step. */
    EARLY_END("early end"),
    /** What a recorded trace calls a fault; never simulated. */
    LABELLED("labelled fault");

    private static final List<FaultKind> SIMULATED =
            Arrays.stream(values()).filter(kind -> kind != LABELLED).toList();

    private final String text;

    FaultKind(String text) {
        this.text = text;
    }

    /** The kinds that a simulated chamber can have. */
    public static List<FaultKind> simulated() {
        return SIMULATED;
    }

    /** For people. */
    public String text() {
        return text;
    }
}
