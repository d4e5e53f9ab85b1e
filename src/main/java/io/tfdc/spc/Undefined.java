package io.tfdc.spc;

/** Why an indicator has no value. */
public enum Undefined {
    /** The run has no such visit of the step. */
    STEP_ABSENT,
    /** No finite sample in the window. */
    NO_SAMPLES,
    /** Fewer finite samples than the statistic needs. */
    TOO_FEW_SAMPLES,
    /** All samples have the same time. */
    ZERO_DURATION,
    /** All samples have the same value. */
    ZERO_VARIANCE,
    /** The signal has no step (up for rise, down for fall) between first sample and final level. */
    NO_TRANSITION,
    /** The asked time lies after the window's last sample. */
    AFTER_END,
    /** Division by a set-point of 0. */
    ZERO_SETPOINT,
    /** The result is too large for a double. */
    OVERFLOW
}
