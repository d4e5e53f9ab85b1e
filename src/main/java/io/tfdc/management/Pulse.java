package io.tfdc.management;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Parts of a process that give a sign of life every second or so while they can. One that has begun and then is silent for
 * {@value #SILENT_SECONDS} seconds is stuck: its event loop is blocked or its timers are gone. Any thread.
 */
public final class Pulse {
    private static final int SILENT_SECONDS = 20;

    private final LongSupplier nanos;
    private final Map<String, Long> beats = new ConcurrentHashMap<>();

    public Pulse(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** A sign of life. */
    public void beat(String part) {
        beats.put(part, nanos.getAsLong());
    }

    /** The part ends in good order: its silence means nothing. */
    public void ends(String part) {
        beats.remove(part);
    }

    Map<String, Boolean> answers() {
        long now = nanos.getAsLong();
        Map<String, Boolean> answers = new TreeMap<>();
        beats.forEach((part, at) -> answers.put(part, now - at < TimeUnit.SECONDS.toNanos(SILENT_SECONDS)));
        return answers;
    }
}
