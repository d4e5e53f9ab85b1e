package io.tfdc.spc;

/** Where a chart's limits are in their life. */
public enum LimitStatus {
    /** Too few runs yet: every judgement is unknown. */
    LEARNING,
    /** Enough runs to judge, but the baseline still grows: limits change with every run. */
    PROVISIONAL,
    /** The baseline is complete: limits stay until the next epoch. */
    FROZEN,
    /** The baseline has no spread (sigma 0 or undefined) and no minimum half-width is set: every judgement is unknown. */
    UNDEFINED
}
