package io.tfdc.messaging;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;

/** A message in flight. Settle it once; settling twice has no effect. */
public interface WorkMessage {
    String subject();

    byte[] payload();

    Map<String, String> headers();

    /** How often it has been delivered, this time included: 1 or more. */
    int deliveries();

    /** Its sequence in the stream. */
    long sequence();

    /** Done: removes it from a work queue. Completes when the broker has confirmed. */
    Future<Void> ack();

    /** Not done: deliver again after the delay. */
    Future<Void> nak(Duration delay);

    /** Still at work: restarts the acknowledgement timer. */
    Future<Void> inProgress();

    /** Never deliver again. */
    Future<Void> terminate(String reason);

    /**
     * Let go of without a word to the broker: it frees its place here and counts there as unacknowledged, until it is delivered again when
     * its time is up, or to a new consumer once its chamber has left this one. For messages whose settlement is no longer ours to decide.
     */
    void leave();
}
