package io.tfdc.tracing;

/** What a span may carry besides its run. Small numbers and words out of a fixed set: nothing that somebody wrote, no secret. */
public enum Detail {
    /** How often the notification has been delivered. */
    DELIVERIES("defender.deliveries"),
    /** What became of the run. */
    OUTCOME("defender.outcome"),
    INDICATORS("defender.indicators"),
    EVENTS("defender.events"),
    /** Size of the T-chart. */
    BYTES("defender.t_chart.bytes");

    private final String key;

    Detail(String key) {
        this.key = key;
    }

    public String key() {
        return key;
    }
}
