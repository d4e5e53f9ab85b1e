package io.tfdc.tracing;

/** The spans there are: their names have no part that varies, what varies is a {@link Detail}. */
public enum Step {
    /** All that the collector does with a run. */
    COLLECT("collect run", Kind.INTERNAL),
    STORE_T_CHART("store T-chart", Kind.CLIENT),
    /** Until the broker has stored the notification. Its position travels in the message's headers. */
    PUBLISH("publish notification", Kind.PRODUCER),

    /** From the delivery of a notification to its settlement. What lies between {@link #PUBLISH} and it was spent in the broker. */
    PROCESS("process run", Kind.CONSUMER),
    /** For the chamber's earlier runs, for a free place, or for the end of an outage. */
    WAIT("wait for turn", Kind.INTERNAL),
    FETCH_T_CHART("fetch T-chart", Kind.CLIENT),
    /** From memory or the store. */
    LOAD_HISTORY("load history", Kind.INTERNAL),
    COMPUTE("compute U-chart", Kind.INTERNAL),
    EVALUATE("evaluate strategy", Kind.INTERNAL),
    STORE_RECORDS("store limits and events", Kind.CLIENT),
    STORE_U_CHART("store U-chart", Kind.CLIENT),
    PUBLISH_ALARMS("publish alarms", Kind.PRODUCER),
    ACKNOWLEDGE("acknowledge", Kind.CLIENT),
    /** Instead of {@link #ACKNOWLEDGE} where a run failed: back to the broker, or to the dead letters. */
    SETTLE("settle failed run", Kind.CLIENT);

    private final String text;
    private final Kind kind;

    Step(String text, Kind kind) {
        this.text = text;
        this.kind = kind;
    }

    public String text() {
        return text;
    }

    public Kind kind() {
        return kind;
    }

    /** What a step is to others: a call, a message sent or received, or nothing of that. */
    public enum Kind {
        INTERNAL,
        CLIENT,
        PRODUCER,
        CONSUMER
    }
}
