package io.tfdc.messaging.embedded;

import io.tfdc.messaging.BrokerException;
import io.tfdc.messaging.BrokerException.Reason;
import io.tfdc.messaging.BucketConfig;
import io.tfdc.messaging.KeyValueBucket;
import io.tfdc.messaging.MessageBroker;
import io.tfdc.messaging.MessageStream;
import io.tfdc.messaging.StreamConfig;
import io.tfdc.messaging.SubjectFilter;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A broker within the process. All state is guarded by the broker itself; handlers run on the contexts that registered them. Redelivery
 * and expiry are looked at every {@link #TICK}, so times are exact to that.
 */
public final class EmbeddedBroker implements MessageBroker {
    /** How often due redeliveries are looked for. */
    static final Duration TICK = Duration.ofMillis(10);

    /** Largest plain message, as servers have it unless configured otherwise. */
    static final int MAX_PAYLOAD = 1 << 20;

    private final Vertx vertx;
    private final LongSupplier clock;
    private final long timer;
    private final Map<String, EmbeddedStream> streams = new HashMap<>();
    private final Map<String, EmbeddedBucket> buckets = new HashMap<>();
    private final PlainSubjects subjects;
    private final AtomicLong inboxes = new AtomicLong();
    private final List<Consumer<BrokerStatus>> listeners = new CopyOnWriteArrayList<>();
    private volatile BrokerStatus status = BrokerStatus.CONNECTED;

    private EmbeddedBroker(Vertx vertx, LongSupplier clock) {
        this.vertx = vertx;
        this.clock = clock;
        this.subjects = new PlainSubjects(vertx);
        this.timer = vertx.setPeriodic(TICK.toMillis(), id -> tick());
    }

    /** A broker on the machine's monotonic clock. */
    public static EmbeddedBroker create(Vertx vertx) {
        return create(vertx, () -> System.nanoTime() / 1_000_000);
    }

    /** A broker on a given clock, monotonic milliseconds. */
    public static EmbeddedBroker create(Vertx vertx, LongSupplier clock) {
        return new EmbeddedBroker(vertx, clock);
    }

    @Override
    public Future<MessageStream> stream(StreamConfig config) {
        return attempt(() -> {
            EmbeddedStream stream = streams.get(config.name());
            StreamState wanted = stream == null ? new StreamState(config) : stream.state();
            for (EmbeddedStream other : streams.values()) {
                if (other != stream) {
                    other.state().refuseSharing(config);
                }
            }
            if (stream == null) {
                stream = new EmbeddedStream(this, wanted);
                streams.put(config.name(), stream);
            } else {
                wanted.update(config);
            }
            return stream;
        });
    }

    @Override
    public Future<KeyValueBucket> bucket(BucketConfig config) {
        return attempt(() ->
                buckets.computeIfAbsent(config.name(), name -> new EmbeddedBucket(this, new BucketState(config))));
    }

    @Override
    public Future<Void> publish(String subject, byte[] payload) {
        return attempt(() -> {
            SubjectFilter.requireSubject(subject);
            requireSize(subject, payload);
            for (EmbeddedStream stream : streams.values()) {
                stream.storePlain(subject, payload);
            }
            deliver(subject, payload);
            return null;
        });
    }

    @Override
    public Future<byte[]> request(String subject, byte[] payload, Duration timeout) {
        String inbox = "_INBOX." + inboxes.incrementAndGet();
        io.vertx.core.Promise<byte[]> answer = io.vertx.core.Promise.promise();
        Future<Subscription> listening = subscribe(inbox, reply -> answer.tryComplete(reply.payload()));
        Future<Integer> sent = attempt(
                () -> subjects.deliver(SubjectFilter.requireSubject(subject), inbox, requireSize(subject, payload)));
        if (sent.succeeded() && sent.result() == 0) {
            answer.tryFail(new BrokerException(Reason.NO_RESPONDERS, "nobody listens to " + subject));
        }
        sent.onFailure(answer::tryFail);
        long expiry = vertx.setTimer(
                Math.max(1, timeout.toMillis()),
                id -> answer.tryFail(new BrokerException(
                        Reason.TIMEOUT, "no answer from " + subject + " within " + timeout.toMillis() + " ms")));
        return answer.future().onComplete(done -> {
            vertx.cancelTimer(expiry);
            listening.onSuccess(Subscription::cancel);
        });
    }

    @Override
    public Future<Subscription> subscribe(String subject, Handler<Delivery> handler) {
        return attempt(() -> subjects.subscribe(this, subject, handler));
    }

    @Override
    public BrokerStatus status() {
        return status;
    }

    @Override
    public void onStatus(Consumer<BrokerStatus> listener) {
        listeners.add(listener);
    }

    @Override
    public Future<Void> close() {
        if (status != BrokerStatus.CLOSED) {
            status = BrokerStatus.CLOSED;
            vertx.cancelTimer(timer);
            listeners.forEach(listener -> listener.accept(BrokerStatus.CLOSED));
        }
        return Future.succeededFuture();
    }

    /** Hands a message to who listens to its subject. Called with the broker's lock held. */
    void deliver(String subject, byte[] payload) {
        subjects.deliver(subject, "", payload);
    }

    static byte[] requireSize(String subject, byte[] payload) {
        if (payload.length > MAX_PAYLOAD) {
            throw new BrokerException(
                    Reason.TOO_LARGE,
                    "message of " + payload.length + " bytes to " + subject + ", a message has at most " + MAX_PAYLOAD);
        }
        return payload;
    }

    Vertx vertx() {
        return vertx;
    }

    long now() {
        return clock.getAsLong();
    }

    /** Runs a change of state alone, and turns what it throws into a failed future. */
    synchronized <T> Future<T> attempt(java.util.function.Supplier<T> change) {
        if (status == BrokerStatus.CLOSED) {
            return Future.failedFuture(new BrokerException(Reason.UNAVAILABLE, "the embedded broker is closed"));
        }
        try {
            return Future.succeededFuture(change.get());
        } catch (BrokerException e) {
            return Future.failedFuture(e);
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(new BrokerException(Reason.REFUSED, String.valueOf(e.getMessage()), e));
        }
    }

    private synchronized void tick() {
        if (status != BrokerStatus.CLOSED) {
            streams.values().forEach(EmbeddedStream::tick);
        }
    }
}
