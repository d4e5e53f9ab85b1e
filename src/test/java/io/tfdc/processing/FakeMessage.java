package io.tfdc.processing;

import io.tfdc.messaging.WorkMessage;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A message that writes down how it is settled. */
final class FakeMessage implements WorkMessage {
    final List<String> calls = new ArrayList<>();
    private final String subject;
    private final byte[] payload;
    private final long sequence;
    private final int deliveries;
    Supplier<Future<Void>> onAck = Future::succeededFuture;

    FakeMessage(String subject, byte[] payload, long sequence, int deliveries) {
        this.subject = subject;
        this.payload = payload;
        this.sequence = sequence;
        this.deliveries = deliveries;
    }

    @Override
    public String subject() {
        return subject;
    }

    @Override
    public byte[] payload() {
        return payload;
    }

    @Override
    public Map<String, String> headers() {
        return Map.of("traceparent", "00-1");
    }

    @Override
    public int deliveries() {
        return deliveries;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public Future<Void> ack() {
        calls.add("ack");
        return onAck.get();
    }

    @Override
    public Future<Void> nak(Duration delay) {
        calls.add("nak " + delay.toMillis());
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> inProgress() {
        calls.add("progress");
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> terminate(String reason) {
        calls.add("terminate " + reason);
        return Future.succeededFuture();
    }

    @Override
    public void leave() {
        calls.add("leave");
    }
}
