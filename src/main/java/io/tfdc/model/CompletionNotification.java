package io.tfdc.model;

import java.time.Instant;

/**
 * The data collector's word that a run's T-chart is stored.
 *
 * @param run the run; its key is the T-chart key and the message's deduplication id
 * @param timestamp when the context ended
 */
public record CompletionNotification(RunId run, Instant timestamp) {}
