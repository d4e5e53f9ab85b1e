package io.tfdc.messaging.nats;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import io.tfdc.messaging.MessageBroker.BrokerStatus;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears what happens to the connection: one line of log per change, and everybody who wants to know is told. */
final class NatsListener implements ConnectionListener, ErrorListener {
    private static final Logger LOG = LoggerFactory.getLogger(NatsBroker.class);

    private final List<java.util.function.Consumer<BrokerStatus>> listeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> lost = new CopyOnWriteArrayList<>();
    private final List<Runnable> reconnected = new CopyOnWriteArrayList<>();
    private volatile @Nullable BrokerStatus status;
    private volatile String lastError = "";
    private volatile @Nullable SSLException untrusted;

    BrokerStatus status() {
        BrokerStatus now = status;
        return now == null ? BrokerStatus.DISCONNECTED : now;
    }

    /** The first connection stands. The client tells the same on a thread of its own, too late for whoever asks at once. */
    void opened(Connection connection) {
        synchronized (this) {
            if (status != null) {
                return;
            }
            status = BrokerStatus.CONNECTED;
        }
        announce(BrokerStatus.CONNECTED, connection);
    }

    /** Why TLS with a server failed last, which the client tells nobody else. */
    @Nullable
    SSLException untrusted() {
        return untrusted;
    }

    void onStatus(java.util.function.Consumer<BrokerStatus> listener) {
        listeners.add(listener);
    }

    void onLoss(Runnable action) {
        lost.add(action);
    }

    void onReconnect(Runnable action) {
        reconnected.add(action);
    }

    @Override
    @SuppressWarnings("deprecation") // the client still demands this one
    public void connectionEvent(Connection connection, Events event) {
        switch (event) {
            case CONNECTED, RECONNECTED -> change(BrokerStatus.CONNECTED, connection);
            case DISCONNECTED -> {
                lost.forEach(Runnable::run);
                change(BrokerStatus.DISCONNECTED, connection);
            }
            case CLOSED -> change(BrokerStatus.CLOSED, connection);
            case RESUBSCRIBED -> reconnected.forEach(Runnable::run);
            default -> LOG.debug("NATS: {}", event);
        }
    }

    private void change(BrokerStatus now, Connection connection) {
        synchronized (this) {
            if (status == now) {
                return;
            }
            status = now;
        }
        announce(now, connection);
    }

    private void announce(BrokerStatus now, Connection connection) {
        lastError = "";
        if (now == BrokerStatus.DISCONNECTED) {
            LOG.warn("NATS connection lost, reconnecting");
        } else if (now == BrokerStatus.CONNECTED) {
            LOG.info("NATS connected to {}", connection.getConnectedUrl());
        }
        listeners.forEach(listener -> listener.accept(now));
    }

    @Override
    public void errorOccurred(Connection connection, String error) {
        report("server: " + error);
    }

    @Override
    public void exceptionOccurred(Connection connection, Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException tls) {
                untrusted = tls;
            }
        }
        report(String.valueOf(failure.getMessage()));
    }

    @Override
    public void slowConsumerDetected(Connection connection, Consumer consumer) {
        report("messages arrive faster than they are taken, some were dropped");
    }

    private void report(String error) {
        if (!error.equals(lastError)) {
            lastError = error;
            LOG.info("NATS: {}", error);
        }
    }
}
