package io.tfdc.messaging.nats;

import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.tfdc.messaging.BucketConfig;
import io.tfdc.messaging.KeyValueBucket;
import io.tfdc.messaging.MessageBroker;
import io.tfdc.messaging.MessageStream;
import io.tfdc.messaging.StreamConfig;
import io.tfdc.messaging.SubjectFilter;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A connection to NATS servers with JetStream. Once connected it reconnects for ever, until it is closed. */
public final class NatsBroker implements MessageBroker {
    /** Plain messages that wait for a subscriber's context; more are dropped, as plain messages may be. */
    private static final int MAX_UNHANDLED = 10_000;

    private static final Duration PING_INTERVAL = Duration.ofSeconds(10);
    private static final Duration FAREWELL = Duration.ofMillis(500);

    private final NatsLink link;
    private final NatsListener listener;
    private final BlockingCalls blocking;
    private final Dispatcher plain;
    private final AtomicReference<@Nullable Future<Void>> closing = new AtomicReference<>();

    private NatsBroker(NatsLink link, NatsListener listener, BlockingCalls blocking) {
        this.link = link;
        this.listener = listener;
        this.blocking = blocking;
        this.plain = link.connection().createDispatcher(message -> {});
    }

    /**
     * Connects. Fails with {@code UNAVAILABLE} or {@code TIMEOUT} if no server answers now (try again later), with {@code REFUSED} if the
     * server refuses the credentials or the options are not valid.
     */
    public static Future<MessageBroker> connect(Vertx vertx, NatsOptions options) {
        BlockingCalls blocking = new BlockingCalls(vertx, options.operationTimeout());
        NatsListener listener = new NatsListener();
        return blocking.<MessageBroker>run("connect to " + options.servers(), () -> {
                    Connection connection = open(clientOptions(options, listener), listener);
                    listener.opened(connection);
                    NatsLink link = new NatsLink(vertx, connection, blocking, options.operationTimeout());
                    listener.onLoss(link::lost);
                    listener.onReconnect(() -> link.reconnected().forEach(Runnable::run));
                    return new NatsBroker(link, listener, blocking);
                })
                .onFailure(failure -> blocking.close());
    }

    private static Connection open(Options options, NatsListener listener) throws IOException, InterruptedException {
        try {
            return Nats.connect(options);
        } catch (AuthenticationException e) {
            throw e;
        } catch (IOException e) {
            SSLException untrusted = listener.untrusted();
            throw untrusted == null
                    ? e
                    : new IOException(e.getMessage() + ", TLS: " + untrusted.getMessage(), untrusted);
        }
    }

    private static Options clientOptions(NatsOptions options, NatsListener listener) {
        Options.Builder builder = new Options.Builder()
                .servers(options.servers().toArray(String[]::new))
                .connectionName(options.name())
                .connectionTimeout(options.connectTimeout())
                .maxReconnects(-1)
                .reconnectWait(options.reconnectWait())
                .reconnectJitter(options.reconnectWait())
                .reconnectJitterTls(options.reconnectWait())
                .pingInterval(PING_INTERVAL)
                .requestCleanupInterval(Duration.ofSeconds(1))
                .maxMessagesInOutgoingQueue(4 * NatsLink.MAX_OUTSTANDING)
                .reportNoResponders()
                .connectionListener(listener)
                .errorListener(listener);
        if (options.user() != null && options.password() != null) {
            builder.userInfo(options.user().toCharArray(), options.password().toCharArray());
        }
        if (options.token() != null) {
            builder.token(options.token().toCharArray());
        }
        if (options.credentials() != null) {
            builder.authHandler(Nats.credentials(options.credentials().toString()));
        }
        if (options.tls() != null) {
            // The certificate is checked against the server's name, not the address that it resolves to.
            builder.sslContext(new VerifiedTls(options.tls())).noResolveHostnames();
        }
        return builder.build();
    }

    @Override
    public Future<MessageStream> stream(StreamConfig config) {
        return link.blocking("stream " + config.name(), () -> {
            StreamSetup.apply(link.management(), config);
            return new NatsStream(link, config);
        });
    }

    @Override
    public Future<KeyValueBucket> bucket(BucketConfig config) {
        return link.blocking("bucket " + config.name(), () -> {
            BucketSetup.apply(link.buckets(), config);
            return new NatsBucket(link, config, link.connection().keyValue(config.name(), link.bucketOptions()));
        });
    }

    @Override
    public Future<Void> publish(String subject, byte[] payload) {
        return link.checked("publish", () -> SubjectFilter.requireSubject(subject))
                .compose(valid -> link.send("publish to " + subject, valid, payload));
    }

    @Override
    public Future<byte[]> request(String subject, byte[] payload, Duration timeout) {
        return link.checked("request", () -> SubjectFilter.requireSubject(subject))
                .compose(valid -> link.request("request to " + subject, valid, null, payload, timeout))
                .map(answer -> answer.getData());
    }

    @Override
    public Future<MessageBroker.Subscription> subscribe(String subject, Handler<Delivery> handler) {
        Context context = link.vertx().getOrCreateContext();
        AtomicInteger unhandled = new AtomicInteger();
        return link.checked("subscribe", () -> new SubjectFilter(subject))
                .compose(valid -> link.blocking("subscribe to " + subject, () -> {
                    io.nats.client.Subscription subscription = plain.subscribe(subject, message -> {
                        if (unhandled.get() >= MAX_UNHANDLED) {
                            return;
                        }
                        unhandled.incrementAndGet();
                        Delivery delivery =
                                new PlainDelivery(link, message.getSubject(), message.getReplyTo(), message.getData());
                        context.runOnContext(v -> {
                            unhandled.decrementAndGet();
                            handler.handle(delivery);
                        });
                    });
                    link.flushing(() -> {
                        link.connection().flush(link.timeout());
                        return subscription;
                    });
                    return () -> link.checked("unsubscribe", () -> plain.unsubscribe(subscription))
                            .mapEmpty();
                }));
    }

    private record PlainDelivery(
            NatsLink link, String subject, @Nullable String inbox, byte[] payload) implements Delivery {
        @Override
        public Future<Void> reply(byte[] answer) {
            return inbox == null ? Future.succeededFuture() : link.send("reply to " + subject, inbox, answer);
        }
    }

    @Override
    public BrokerStatus status() {
        return listener.status();
    }

    @Override
    public void onStatus(Consumer<BrokerStatus> listener) {
        this.listener.onStatus(listener);
    }

    @Override
    public Future<Void> close() {
        Future<Void> begun = closing.get();
        if (begun != null) {
            return begun;
        }
        Future<Void> done = link.stopRunning()
                .transform(stopped -> link.vertx()
                        .<@Nullable Void>executeBlocking(
                                () -> {
                                    goodbye();
                                    return null;
                                },
                                false))
                .transform(closed -> blocking.close());
        return closing.compareAndSet(null, done) ? done : Future.succeededFuture();
    }

    private void goodbye() throws InterruptedException {
        try {
            if (link.connection().getStatus() == Connection.Status.CONNECTED) {
                link.connection().flush(FAREWELL);
            }
        } catch (java.util.concurrent.TimeoutException | IllegalStateException e) {
            // what is not sent by now stays unsent
        }
        link.connection().close();
    }
}
