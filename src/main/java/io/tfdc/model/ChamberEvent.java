package io.tfdc.model;

import java.time.Instant;
import java.util.Map;

/**
 * Something that happened to a chamber and matters to its charts: maintenance, an acknowledged alarm, an excluded run.
 *
 * @param chamber the chamber
 * @param at when it happened; runs that end later see it
 * @param type {@code pm-complete}, {@code recipe-version-change}, {@code ack}, {@code exclude-run}, {@code relearn}, ...
 * @param subject what it is about: a dedupe key for {@code ack}, a context for {@code exclude-run}, a chart group for
 *     {@code relearn}; empty for the whole chamber
 * @param attributes who, why and other labels
 */
public record ChamberEvent(ChamberId chamber, Instant at, String type, String subject, Map<String, String> attributes) {
    public static final String PM_COMPLETE = "pm-complete";
    public static final String ACK = "ack";
    public static final String EXCLUDE_RUN = "exclude-run";
    public static final String RELEARN = "relearn";

    public ChamberEvent {
        Names.token("chamber event type", type, 64);
        Names.text("chamber event subject", subject, 512);
        attributes = Names.labels("chamber event", attributes, 32);
    }
}
