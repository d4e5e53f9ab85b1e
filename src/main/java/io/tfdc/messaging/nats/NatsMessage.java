package io.tfdc.messaging.nats;

import io.nats.client.Message;
import io.tfdc.messaging.BrokerException;
import io.tfdc.messaging.BrokerException.Reason;
import io.tfdc.messaging.WorkMessage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A delivery. It occupies its consumer until it is settled; a settlement that fails may be tried again. An acknowledgement of which it is
 * not known whether the server has heard it is told again, as long as the server would wait for it: it is not bound to a connection,
 * and hearing it twice means nothing to the server, while not hearing it brings the message again after that time.
 */
final class NatsMessage implements WorkMessage {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final long PAUSE_MILLIS = 200;

    private final NatsLink link;
    private final NatsConsumer consumer;
    private final Message message;
    private final String acknowledgements;
    private final Map<String, String> headers;
    private final long sequence;
    private final int deliveries;
    private final long ackWait;
    private volatile long deadline;
    private final AtomicBoolean settled = new AtomicBoolean();
    private volatile boolean over;

    NatsMessage(NatsLink link, NatsConsumer consumer, Message message) {
        this.link = link;
        this.consumer = consumer;
        this.message = message;
        this.acknowledgements = String.valueOf(message.getReplyTo());
        this.headers = MessageHeaders.toMap(message.getHeaders());
        this.sequence = message.metaData().streamSequence();
        this.ackWait = consumer.ackWait().toNanos();
        this.deadline = System.nanoTime() + ackWait;
        this.deliveries = (int) Math.min(Integer.MAX_VALUE, message.metaData().deliveredCount());
    }

    @Override
    public String subject() {
        return message.getSubject();
    }

    @Override
    public byte[] payload() {
        return message.getData();
    }

    @Override
    public Map<String, String> headers() {
        return headers;
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
        return settle("+ACK", true);
    }

    @Override
    public Future<Void> nak(Duration delay) {
        long nanos = Math.max(0, delay.toNanos());
        // Not twice: the second might return the next delivery.
        return settle(nanos == 0 ? "-NAK" : "-NAK {\"delay\": " + nanos + '}', false);
    }

    @Override
    public Future<Void> inProgress() {
        if (settled.get()) {
            return Future.succeededFuture();
        }
        deadline = System.nanoTime() + ackWait;
        return tell("+WPI", link.timeout());
    }

    @Override
    public void leave() {
        over = true;
        if (settled.compareAndSet(false, true)) {
            consumer.settled(this);
        }
    }

    /** For how long (nanoseconds) the server has not waited any more for a settlement; negative while it waits. */
    long overdue(long now) {
        return now - deadline;
    }

    @Override
    public Future<Void> terminate(String reason) {
        String printable = reason.replaceAll("\\p{Cntrl}", " ").strip();
        return settle(printable.isEmpty() ? "+TERM" : "+TERM " + printable, true);
    }

    /** The server delivered it anew: what is said about this delivery has no effect from now on. */
    void supersede() {
        over = true;
        settled.set(true);
    }

    private Future<Void> settle(String word, boolean insisting) {
        if (!settled.compareAndSet(false, true)) {
            return Future.succeededFuture();
        }
        Future<Void> told = insisting ? insist(word) : tell(word, link.timeout());
        return told.onFailure(failure -> settled.set(false)).onComplete(done -> consumer.settled(this));
    }

    private Future<Void> insist(String word) {
        return tell(word, PATIENCE).recover(failure -> {
            if (over || link.isClosed() || overdue(System.nanoTime()) > 0) {
                return Future.failedFuture(failure);
            }
            Promise<Void> pause = Promise.promise();
            link.vertx().setTimer(PAUSE_MILLIS, id -> pause.complete());
            return pause.future().compose(passed -> over ? Future.failedFuture(failure) : insist(word));
        });
    }

    private Future<Void> tell(String word, Duration patience) {
        String operation = "acknowledge message " + sequence + " of consumer " + consumer.name();
        return link.request(operation, acknowledgements, null, word.getBytes(StandardCharsets.UTF_8), patience)
                .<Void>mapEmpty()
                .recover(failure -> isUnheard(failure) ? consumer.unheard(operation) : Future.failedFuture(failure));
    }

    private static boolean isUnheard(Throwable failure) {
        return failure instanceof BrokerException e && e.reason() == Reason.NO_RESPONDERS;
    }
}
