package io.tfdc.messaging.embedded;

import io.tfdc.messaging.BrokerException;
import io.tfdc.messaging.BrokerException.Reason;
import io.tfdc.messaging.InFlightBound;
import io.tfdc.messaging.WorkConsumer;
import io.tfdc.messaging.WorkMessage;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A consumer's pulling end. All fields are guarded by the broker. */
final class EmbeddedConsumer implements WorkConsumer {
    private final EmbeddedBroker broker;
    private final EmbeddedStream stream;
    private final ConsumerState state;
    private final Set<EmbeddedMessage> inFlight = new HashSet<>();
    private @Nullable Context context;
    private @Nullable Handler<WorkMessage> handler;
    private @Nullable Context lossContext;
    private @Nullable Handler<Void> lossHandler;
    private InFlightBound bound = InFlightBound.of(1);
    private InFlightBound.@Nullable Share share;

    EmbeddedConsumer(EmbeddedBroker broker, EmbeddedStream stream, ConsumerState state) {
        this.broker = broker;
        this.stream = stream;
        this.state = state;
    }

    ConsumerState state() {
        return state;
    }

    @Override
    public String name() {
        return state.config().name();
    }

    @Override
    public Future<Void> start(InFlightBound bound, Handler<WorkMessage> handler) {
        Context caller = broker.vertx().getOrCreateContext();
        return broker.attempt(() -> {
            stream.state().consumer(name());
            if (!stream.state().has(state)) {
                throw new BrokerException(Reason.NOT_FOUND, "consumer " + name() + " was deleted and made anew");
            }
            end();
            this.bound = bound;
            this.share = bound.join(stream::pump);
            this.context = caller;
            this.handler = handler;
            stream.startPulling(this);
            return null;
        });
    }

    @Override
    public Future<Void> stop() {
        return broker.attempt(() -> {
            end();
            return null;
        });
    }

    private void end() {
        stream.stopPulling(this);
        InFlightBound.Share ended = share;
        share = null;
        if (ended != null) {
            ended.leave();
        }
    }

    @Override
    public void onLost(Handler<Void> handler) {
        Context caller = broker.vertx().getOrCreateContext();
        broker.attempt(() -> {
            lossContext = caller;
            lossHandler = handler;
            return null;
        });
    }

    void lose() {
        end();
        Handler<Void> lost = lossHandler;
        if (lossContext != null && lost != null) {
            lossContext.runOnContext(lost);
        }
    }

    /** Counts what is in flight still. */
    void count() {
        inFlight.removeIf(message -> !message.isInFlight());
        InFlightBound.Share mine = share;
        if (mine != null) {
            mine.hold(inFlight.size());
        }
    }

    /** Delivers what may be delivered, of a shared bound one message at a time; false if there was nothing. */
    boolean pump() {
        Context target = context;
        Handler<WorkMessage> receiver = handler;
        InFlightBound.Share mine = share;
        if (target == null || receiver == null || mine == null) {
            return false;
        }
        int free = mine.take(inFlight.size(), bound.standing());
        List<ConsumerState.Delivered> pulled =
                free == 0 ? List.of() : stream.state().pull(state, free, broker.now());
        for (ConsumerState.Delivered delivered : pulled) {
            EmbeddedMessage message = new EmbeddedMessage(broker, stream, state, delivered);
            inFlight.add(message);
            target.runOnContext(v -> receiver.handle(message));
        }
        mine.hold(inFlight.size());
        return !pulled.isEmpty();
    }
}
