package io.tfdc.messaging.nats;

import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.tfdc.messaging.BrokerException;
import io.tfdc.messaging.BrokerException.Reason;
import io.tfdc.messaging.ConsumerConfig;
import io.tfdc.messaging.InFlightBound;
import io.tfdc.messaging.WorkConsumer;
import io.tfdc.messaging.WorkMessage;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The pulling end of a durable consumer. It asks for as many messages as its bound lets through, each request ends after {@link #EXPIRY},
 * and a slow pulse asks again when answers got lost. All state is guarded by the object itself.
 */
final class NatsConsumer implements WorkConsumer {
    static final Duration EXPIRY = Duration.ofSeconds(2);

    private static final long PULSE_MILLIS = 250;

    /** Pause of pulling when the server could not take a request. */
    private static final long PAUSE = Duration.ofMillis(200).toNanos();

    /** How long a message whose time is up is remembered, to make its settlement void when it comes again. */
    private static final long MEMORY = Duration.ofMinutes(5).toNanos();

    private static final Duration DRAIN = Duration.ofSeconds(1);
    private static final byte[] AGAIN = "-NAK".getBytes(StandardCharsets.US_ASCII);

    private final NatsLink link;
    private final ConsumerAtServer server;
    private final Completeness completeness;
    private final Duration ackWait;
    private final Map<Long, NatsMessage> inFlight = new HashMap<>();
    private final Runnable reconnected = this::resubscribe;
    private final Supplier<Future<Void>> stopping = this::stop;
    private @Nullable Pulling pulling;
    /** Stays after the end of pulling while something is in flight. */
    private InFlightBound.@Nullable Share share;

    private @Nullable Context lossContext;
    private @Nullable Handler<Void> lossHandler;
    private boolean checking;

    /** One stretch between start and stop. */
    private static final class Pulling {
        private final InFlightBound bound;
        private final Context context;
        private final Handler<WorkMessage> handler;
        private final Dispatcher dispatcher;
        private final long timer;
        private final PullRequests requests = new PullRequests();
        private String inbox = "";
        private long notBefore = System.nanoTime();
        /** Messages that the server had for the consumer when it sent the last one. */
        private long pending;

        Pulling(InFlightBound bound, Context context, Handler<WorkMessage> handler, Dispatcher dispatcher, long timer) {
            this.bound = bound;
            this.context = context;
            this.handler = handler;
            this.dispatcher = dispatcher;
            this.timer = timer;
        }
    }

    NatsConsumer(NatsLink link, String stream, ConsumerConfig config) {
        this.link = link;
        this.server = new ConsumerAtServer(link, stream, config.name());
        this.completeness = new Completeness(link, server, this, this::pull, () -> checked(true));
        this.ackWait = config.ackWait();
    }

    Duration ackWait() {
        return ackWait;
    }

    @Override
    public String name() {
        return server.name();
    }

    @Override
    public Future<Void> start(InFlightBound bound, Handler<WorkMessage> handler) {
        Context context = link.vertx().getOrCreateContext();
        return stop().compose(stopped -> server.deliveries(link.timeout()))
                .compose(deliveries -> deliveries.isPresent()
                        ? link.blocking("start consumer " + name(), () -> {
                            begin(deliveries.getAsLong(), bound, context, handler);
                            return null;
                        })
                        : Future.failedFuture(
                                new BrokerException(Reason.NOT_FOUND, "consumer " + name() + " does not exist")));
    }

    private synchronized void begin(
            long deliveries, InFlightBound bound, Context context, Handler<WorkMessage> handler) {
        completeness.begin(deliveries);
        Dispatcher dispatcher = link.connection().createDispatcher(message -> {});
        long timer = link.vertx().setPeriodic(PULSE_MILLIS, id -> pulse());
        Pulling begun = new Pulling(bound, context, handler, dispatcher, timer);
        pulling = begun;
        InFlightBound.Share before = share;
        share = bound.join(this::wake);
        if (before != null) {
            before.hold(0);
            link.vertx().runOnContext(v -> before.leave());
        }
        link.reconnected().add(reconnected);
        link.running().add(stopping);
        listen(begun);
        pull();
    }

    private void listen(Pulling now) {
        now.inbox = link.connection().createInbox();
        now.requests.clear();
        String inbox = now.inbox;
        now.dispatcher.subscribe(inbox + ".*", message -> receive(now, inbox, message));
    }

    private synchronized void resubscribe() {
        Pulling now = pulling;
        if (now != null) {
            now.dispatcher.unsubscribe(now.inbox + ".*");
            listen(now);
            completeness.broken();
        }
    }

    private synchronized void pulse() {
        Pulling now = pulling;
        if (now != null && now.requests.expire(System.nanoTime())) {
            check();
        }
        pull();
    }

    private synchronized void wake() {
        pull();
    }

    /** Asks for what may come in addition, if it is worth a request: some on suspicion, and all that is known to be there. */
    private void pull() {
        Pulling now = pulling;
        InFlightBound.Share mine = share;
        boolean early = now == null || System.nanoTime() - now.notBefore < 0;
        if (now == null || mine == null || early || !completeness.isSure() || !link.isConnected()) {
            return;
        }
        int asked = now.requests.outstanding();
        int holding = occupied() + asked;
        int standing = now.bound.standing();
        int wanted = (int) Math.min(now.bound.max(), Math.max(standing, now.pending)) - asked;
        int free = mine.take(holding, Math.max(0, wanted));
        if (free < Math.max(1, standing / 32)) {
            mine.hold(holding);
            return;
        }
        long id = now.requests.add(free, System.nanoTime());
        String body = "{\"batch\":" + free + ",\"expires\":" + EXPIRY.toNanos() + '}';
        try {
            link.connection()
                    .publish(server.nextSubject(), now.inbox + '.' + id, body.getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalStateException e) {
            now.requests.end(id, free); // closed or lost just now; the pulse asks again
        }
    }

    private synchronized void receive(Pulling from, String inbox, Message message) {
        if (message.isStatusMessage()) {
            if (from == pulling && inbox.equals(from.inbox)) {
                status(from, message);
            }
            return;
        }
        if (from == pulling && !completeness.take(message.metaData().consumerSequence())) {
            return;
        }
        NatsMessage delivered = new NatsMessage(link, this, message);
        boolean expected = from.requests.outstanding() > 0;
        from.requests.received();
        NatsMessage earlier = inFlight.get(delivered.sequence());
        if (from != pulling || (earlier == null && !hasPlace(from, expected))) {
            giveBack(message);
            return;
        }
        if (earlier != null) {
            earlier.supersede();
        }
        inFlight.put(delivered.sequence(), delivered);
        from.pending = message.metaData().pendingCount();
        from.context.runOnContext(v -> from.handler.handle(delivered));
        pull();
    }

    /** Whether one more may be in flight: what was asked for has its place, what comes late needs one. */
    private boolean hasPlace(Pulling now, boolean expected) {
        InFlightBound.Share mine = share;
        int occupied = occupied();
        return mine != null
                && occupied < now.bound.max()
                && (expected || mine.take(occupied + now.requests.outstanding(), 1) > 0);
    }

    /** How many messages are in flight: those whose time is up are the server's again and will come once more. */
    private int occupied() {
        long now = System.nanoTime();
        int occupied = 0;
        for (Iterator<NatsMessage> each = inFlight.values().iterator(); each.hasNext(); ) {
            long overdue = each.next().overdue(now);
            if (overdue < 0) {
                occupied++;
            } else if (overdue > MEMORY) {
                each.remove();
            }
        }
        return occupied;
    }

    private void giveBack(Message message) {
        String reply = message.getReplyTo();
        if (reply != null && link.isConnected()) {
            link.connection().publish(reply, AGAIN);
        }
    }

    private void status(Pulling from, Message message) {
        int code = message.getStatus().getCode();
        if (code == 100) {
            return;
        }
        String subject = message.getSubject();
        long id = Long.parseLong(subject.substring(subject.lastIndexOf('.') + 1));
        String pending =
                message.getHeaders() == null ? null : message.getHeaders().getFirst(MessageHeaders.PENDING);
        from.requests.end(id, pending == null ? Integer.MAX_VALUE : Integer.parseInt(pending));
        if (code != 408 && code != 404) {
            from.notBefore = System.nanoTime() + PAUSE;
            check();
        }
        pull();
    }

    /** The server is silent or says that something is wrong, as where the consumer's leader changes: asks whether the consumer is gone. */
    private void check() {
        if (checking) {
            return;
        }
        checking = true;
        server.deliveries(ConsumerAtServer.SHORT).onComplete(answer -> {
            if (answer.succeeded() && answer.result().isEmpty()) {
                // A server that lags behind may be wrong: it must not be there when somebody opens another one.
                server.delete().onComplete(deleted -> checked(deleted.succeeded()));
            } else {
                link.vertx().setTimer(1, id -> checked(false));
            }
        });
    }

    private synchronized void checked(boolean gone) {
        checking = false;
        if (!gone) {
            pull();
            return;
        }
        Handler<Void> handler = lossHandler;
        Context context = lossContext;
        if (pulling != null && handler != null && context != null) {
            context.runOnContext(handler);
        }
        stop();
    }

    /** Nobody took an acknowledgement. That is right if the consumer is gone, since then it is void; otherwise it failed. */
    Future<Void> unheard(String operation) {
        return server.deliveries(ConsumerAtServer.SHORT)
                .compose(there -> there.isPresent()
                        ? Future.failedFuture(
                                new BrokerException(Reason.UNAVAILABLE, operation + ": the consumer has no leader now"))
                        : Future.succeededFuture());
    }

    void settled(NatsMessage message) {
        InFlightBound.Share mine;
        int holding;
        boolean ended;
        synchronized (this) {
            inFlight.remove(message.sequence(), message);
            mine = share;
            Pulling now = pulling;
            holding = occupied() + (now == null ? 0 : now.requests.outstanding());
            ended = now == null && holding == 0;
            share = ended ? null : mine;
        }
        // Without this object's lock, since other consumers that share the bound take theirs.
        if (mine != null && ended) {
            mine.leave();
        } else if (mine != null) {
            mine.release(holding);
        }
    }

    @Override
    public Future<Void> stop() {
        Pulling ended;
        InFlightBound.Share mine;
        int holding;
        synchronized (this) {
            ended = pulling;
            pulling = null;
            completeness.end();
            mine = share;
            holding = occupied();
            share = holding == 0 ? null : mine;
            link.reconnected().remove(reconnected);
            link.running().remove(stopping);
        }
        if (mine != null && holding == 0) {
            mine.leave();
        } else if (mine != null) {
            mine.release(holding);
        }
        if (ended == null) {
            return Future.succeededFuture();
        }
        link.vertx().cancelTimer(ended.timer);
        // What is on its way already is given back instead of being lost until its time is up.
        return link.blocking("stop consumer " + name(), () -> link.flushing(() -> ended.dispatcher.drain(DRAIN)))
                .transform(draining -> Future.succeededFuture());
    }

    @Override
    public synchronized void onLost(Handler<Void> handler) {
        lossContext = link.vertx().getOrCreateContext();
        lossHandler = handler;
    }
}
