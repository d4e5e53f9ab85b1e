package io.tfdc.storage.cache;

import io.tfdc.model.UChart;
import io.tfdc.storage.StoreKeys;

/** Place of a run in its chamber's history. */
record RunKey(long ended, String context) implements Comparable<RunKey> {
    /** Before all runs: what is covered from here on is covered whole. */
    static final RunKey FIRST = new RunKey(Long.MIN_VALUE, "");

    static RunKey of(UChart chart) {
        return new RunKey(StoreKeys.millis(chart.context().end()), chart.id().context());
    }

    @Override
    public int compareTo(RunKey other) {
        int byTime = Long.compare(ended, other.ended);
        return byTime != 0 ? byTime : context.compareTo(other.context);
    }
}
