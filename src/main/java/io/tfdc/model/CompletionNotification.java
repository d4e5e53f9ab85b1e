package io.tfdc.model;

import java.time.Instant;
import java.util.Map;

/**
 * The data collector's word that a run's T-chart is stored.
 *
 * @param run the run; its key is the T-chart key and the message's deduplication id
 * @param timestamp when the context ended
 * @param attributes the run's attributes where the collector sends them, so that its history can be fetched together with its
 *     T-chart instead of after it; empty otherwise
 */
public record CompletionNotification(RunId run, Instant timestamp, Map<String, String> attributes) {
    public CompletionNotification {
        attributes = Names.labels("notification of " + run + " attributes", attributes, 64);
    }
}
