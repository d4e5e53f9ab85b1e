package io.tfdc.messaging.nats;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.KeyValueManagement;
import io.nats.client.KeyValueOptions;
import io.nats.client.Message;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import io.tfdc.messaging.BrokerException;
import io.tfdc.messaging.BrokerException.Reason;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The connection, as streams, consumers and buckets use it: requests that fail in bounded time, on the caller's context. */
final class NatsLink {
    /** Requests without an answer at one time; more fail at once. */
    static final int MAX_OUTSTANDING = 4096;

    /** What may wait for the socket; more fails at once instead of blocking the caller. */
    private static final long MAX_QUEUED_BYTES = 64L << 20;

    private final Vertx vertx;
    private final Connection connection;
    private final BlockingCalls blocking;
    private final Duration timeout;
    private final AtomicInteger outstanding = new AtomicInteger();
    private final Lock flush = new ReentrantLock();
    private final Map<CompletableFuture<?>, String> unanswered = new ConcurrentHashMap<>();
    private final Set<Runnable> reconnected = ConcurrentHashMap.newKeySet();
    private final Set<Supplier<Future<Void>>> running = ConcurrentHashMap.newKeySet();

    NatsLink(Vertx vertx, Connection connection, BlockingCalls blocking, Duration timeout) {
        this.vertx = vertx;
        this.connection = connection;
        this.blocking = blocking;
        this.timeout = timeout;
    }

    Vertx vertx() {
        return vertx;
    }

    Connection connection() {
        return connection;
    }

    Duration timeout() {
        return timeout;
    }

    /** What runs (on the client's thread) when a lost connection is back and its subscriptions are renewed. */
    Set<Runnable> reconnected() {
        return reconnected;
    }

    JetStreamManagement management() throws IOException {
        return management(timeout);
    }

    /** @param patience for one request */
    JetStreamManagement management(Duration patience) throws IOException {
        return connection.jetStreamManagement(
                JetStreamOptions.builder().requestTimeout(patience).build());
    }

    KeyValueManagement buckets() throws IOException {
        return connection.keyValueManagement(bucketOptions());
    }

    KeyValueOptions bucketOptions() {
        return KeyValueOptions.builder()
                .jetStreamOptions(
                        JetStreamOptions.builder().requestTimeout(timeout).build())
                .build();
    }

    /** The connection is lost, and with it all answers: nobody waits for them to the end of his time. */
    void lost() {
        unanswered.forEach((answer, operation) -> answer.completeExceptionally(
                new BrokerException(Reason.UNAVAILABLE, operation + ": the connection was lost")));
    }

    /** What is running and has to be stopped before the connection closes. */
    Set<Supplier<Future<Void>>> running() {
        return running;
    }

    /** Stops what is running. */
    Future<Void> stopRunning() {
        List<Future<Void>> stopping = running.stream().map(Supplier::get).toList();
        return Future.join(stopping).mapEmpty();
    }

    /** Runs a check of arguments; an {@link IllegalArgumentException} becomes {@link Reason#REFUSED}. */
    <T> Future<T> checked(String operation, Supplier<T> check) {
        try {
            return Future.succeededFuture(check.get());
        } catch (IllegalArgumentException | BrokerException e) {
            return Future.failedFuture(NatsErrors.of(operation, e));
        }
    }

    /** Runs a call that blocks, on the pool. */
    <T> Future<T> blocking(String operation, Callable<T> call) {
        return isConnected() ? blocking.run(operation, call) : Future.failedFuture(away(operation));
    }

    /**
     * Makes a call of the client that flushes. It sends a ping for it, and more than two pings without an answer end the connection: one
     * flush at a time.
     */
    <T> T flushing(Callable<T> call) throws Exception {
        flush.lock();
        try {
            return call.call();
        } finally {
            flush.unlock();
        }
    }

    /** Sends a request; the answer arrives on the caller's context. Fails with {@link Reason#NO_RESPONDERS} if nobody listens. */
    Future<Message> request(
            String operation, String subject, @Nullable Headers headers, byte[] payload, Duration patience) {
        Context context = vertx.getOrCreateContext();
        int waiting = outstanding.incrementAndGet();
        CompletableFuture<Message> answer;
        if (waiting > MAX_OUTSTANDING) {
            answer = CompletableFuture.failedFuture(
                    new BrokerException(Reason.UNAVAILABLE, operation + ": " + MAX_OUTSTANDING + " requests wait"));
        } else {
            answer = attempt(
                    operation,
                    payload.length,
                    () -> connection
                            .requestWithTimeout(subject, headers, payload, patience)
                            .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS));
        }
        // Failures get their meaning where they arise, so that many at once don't hold up an event loop.
        CompletableFuture<Message> settled = new CompletableFuture<>();
        unanswered.put(settled, operation);
        answer.whenComplete((message, failure) -> {
            outstanding.decrementAndGet();
            unanswered.remove(settled);
            if (failure == null) {
                settled.complete(message);
            } else {
                settled.completeExceptionally(NatsErrors.of(operation, failure));
            }
        });
        return Future.fromCompletionStage(settled, context);
    }

    /** Sends a message that a stream stores, and awaits its confirmation. */
    Future<PublishAck> storing(String operation, String subject, Headers headers, byte[] payload) {
        return request(operation, subject, headers, payload, timeout).transform(answer -> {
            if (answer.failed()) {
                // Nobody answers for the stream: it is not there, or it has no leader now.
                BrokerException failure = NatsErrors.of(operation, answer.cause());
                return Future.failedFuture(
                        failure.reason() == Reason.NO_RESPONDERS
                                ? new BrokerException(Reason.UNAVAILABLE, operation + ": no stream answers", failure)
                                : failure);
            }
            try {
                return Future.succeededFuture(new PublishAck(answer.result()));
            } catch (IOException | JetStreamApiException e) {
                return Future.failedFuture(NatsErrors.of(operation, e));
            }
        });
    }

    /** Sends without an answer. */
    Future<Void> send(String operation, String subject, byte[] payload) {
        CompletableFuture<Void> sent = attempt(operation, payload.length, () -> {
            connection.publish(subject, payload);
            return CompletableFuture.completedFuture(null);
        });
        return Future.fromCompletionStage(sent, vertx.getOrCreateContext())
                .recover(failure -> Future.failedFuture(NatsErrors.of(operation, failure)));
    }

    private <T> CompletableFuture<T> attempt(String operation, int size, Supplier<CompletableFuture<T>> sending) {
        if (!isConnected()) {
            return CompletableFuture.failedFuture(away(operation));
        }
        if (connection.getMaxPayload() > 0 && size > connection.getMaxPayload()) {
            return CompletableFuture.failedFuture(new BrokerException(
                    Reason.TOO_LARGE,
                    operation + ": " + size + " bytes, the server takes " + connection.getMaxPayload()));
        }
        if (connection.outgoingPendingBytes() > MAX_QUEUED_BYTES
                || connection.outgoingPendingMessageCount() > MAX_OUTSTANDING) {
            return CompletableFuture.failedFuture(
                    new BrokerException(Reason.UNAVAILABLE, operation + ": the server does not take what is sent"));
        }
        try {
            return sending.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    boolean isClosed() {
        return connection.getStatus() == Connection.Status.CLOSED;
    }

    boolean isConnected() {
        return connection.getStatus() == Connection.Status.CONNECTED;
    }

    private static BrokerException away(String operation) {
        return new BrokerException(Reason.UNAVAILABLE, operation + ": not connected to NATS");
    }
}
