package io.tfdc.messaging.embedded;

import io.tfdc.messaging.BrokerException;
import io.tfdc.messaging.BrokerException.Reason;
import io.tfdc.messaging.WorkConsumer;
import io.tfdc.messaging.WorkMessage;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.util.HashSet;
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
    private int maxInFlight;

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
    public Future<Void> start(int maxInFlight, Handler<WorkMessage> handler) {
        Context caller = broker.vertx().getOrCreateContext();
        return broker.attempt(() -> {
            if (maxInFlight < 1) {
                throw new IllegalArgumentException("max in flight: expected at least 1, found " + maxInFlight);
            }
            stream.state().consumer(name());
            if (!stream.state().has(state)) {
                throw new BrokerException(Reason.NOT_FOUND, "consumer " + name() + " was deleted and made anew");
            }
            stream.stopPulling(this);
            this.maxInFlight = maxInFlight;
            this.context = caller;
            this.handler = handler;
            stream.startPulling(this);
            return null;
        });
    }

    @Override
    public Future<Void> stop() {
        return broker.attempt(() -> {
            stream.stopPulling(this);
            return null;
        });
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
        stream.stopPulling(this);
        Handler<Void> lost = lossHandler;
        if (lossContext != null && lost != null) {
            lossContext.runOnContext(lost);
        }
    }

    void pump() {
        inFlight.removeIf(message -> !message.isInFlight());
        Context target = context;
        Handler<WorkMessage> receiver = handler;
        if (target == null || receiver == null || inFlight.size() >= maxInFlight) {
            return;
        }
        for (ConsumerState.Delivered delivered :
                stream.state().pull(state, maxInFlight - inFlight.size(), broker.now())) {
            EmbeddedMessage message = new EmbeddedMessage(broker, stream, state, delivered);
            inFlight.add(message);
            target.runOnContext(v -> receiver.handle(message));
        }
    }
}
