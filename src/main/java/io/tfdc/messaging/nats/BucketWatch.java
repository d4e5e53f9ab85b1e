package io.tfdc.messaging.nats;

import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.impl.NatsJetStreamMetaData;
import io.tfdc.messaging.KeyValueBucket.Entry;
import io.tfdc.messaging.KeyValueBucket.Watcher;
import io.tfdc.messaging.MessageBroker.Subscription;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A watch of a bucket: the server pushes every revision, numbered. When a number is missing, the connection was lost or the server's pulse
 * stays away, it begins anew behind the last revision that arrived, so nothing is lost or repeated.
 */
final class BucketWatch {
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final long SILENCE = Duration.ofSeconds(4).toNanos();
    private static final long PULSE_MILLIS = 1000;

    /** Patience of the first try, which doubles: a server that has just lost its leader drops requests. */
    private static final Duration FIRST_PATIENCE = Duration.ofSeconds(1);

    private final NatsLink link;
    private final String bucket;
    private final Watcher watcher;
    private final Context context;
    private final Runnable reconnected = this::renew;
    private final Supplier<Future<Void>> stopping = this::stop;
    private @Nullable Dispatcher dispatcher;
    private String inbox = "";
    private long expected;
    private long lastRevision;
    private long lastHeard;
    private boolean replayed;
    private boolean renewing;
    private boolean ended;
    private long timer = -1;

    BucketWatch(NatsLink link, String bucket, Watcher watcher) {
        this.link = link;
        this.bucket = bucket;
        this.watcher = watcher;
        this.context = link.vertx().getOrCreateContext();
    }

    Future<Subscription> start() {
        return link.<Subscription>blocking("watch " + bucket, () -> {
                    synchronized (this) {
                        dispatcher = link.connection().createDispatcher(message -> {});
                    }
                    begin();
                    synchronized (this) {
                        timer = link.vertx().setPeriodic(PULSE_MILLIS, id -> pulse());
                        link.reconnected().add(reconnected);
                        link.running().add(stopping);
                    }
                    return this::stop;
                })
                .onFailure(failure -> stop());
    }

    /** Begins within the time for one operation, however often that takes. Blocks; called by one thread at a time. */
    private void begin() throws IOException, JetStreamApiException {
        long deadline = System.nanoTime() + link.timeout().toNanos();
        for (Duration patience = FIRST_PATIENCE; ; patience = patience.multipliedBy(2)) {
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            boolean last = left.compareTo(patience) <= 0;
            try {
                begin(last ? left.plusMillis(100) : patience);
                return;
            } catch (IOException e) {
                if (last || !link.isConnected()) {
                    throw e;
                }
            }
        }
    }

    /** Listens at a new inbox and has the server push to it. */
    private void begin(Duration patience) throws IOException, JetStreamApiException {
        long after;
        String fresh = link.connection().createInbox();
        synchronized (this) {
            Dispatcher open = dispatcher;
            if (ended || open == null) {
                return;
            }
            if (!inbox.isEmpty()) {
                open.unsubscribe(inbox);
            }
            inbox = fresh;
            expected = 1;
            lastHeard = System.nanoTime();
            after = lastRevision;
            open.subscribe(fresh, message -> receive(fresh, message));
        }
        ConsumerConfiguration.Builder wanted = ConsumerConfiguration.builder()
                .deliverSubject(fresh)
                .filterSubject("$KV." + bucket + ".>")
                .ackPolicy(AckPolicy.None)
                .idleHeartbeat(HEARTBEAT)
                .memStorage(true)
                .numReplicas(1);
        if (after == 0) {
            wanted.deliverPolicy(DeliverPolicy.LastPerSubject);
        } else {
            wanted.deliverPolicy(DeliverPolicy.ByStartSequence).startSequence(after + 1);
        }
        ConsumerInfo created = link.management(patience).createConsumer("KV_" + bucket, wanted.build());
        synchronized (this) {
            boolean nothingYet =
                    created.getNumPending() == 0 && created.getDelivered().getConsumerSequence() == 0;
            if (nothingYet && fresh.equals(inbox) && expected == 1) {
                reportReplayed();
            }
        }
    }

    private synchronized void receive(String from, Message message) {
        if (ended || !from.equals(inbox)) {
            return;
        }
        lastHeard = System.nanoTime();
        if (message.isStatusMessage()) {
            String delivered =
                    message.getHeaders() == null ? null : message.getHeaders().getFirst("Nats-Last-Consumer");
            if (delivered != null && Long.parseLong(delivered) >= expected) {
                renew();
            }
            return;
        }
        NatsJetStreamMetaData data = message.metaData();
        if (data.consumerSequence() != expected) {
            renew();
            return;
        }
        expected++;
        lastRevision = data.streamSequence();
        report(message, data.streamSequence());
        if (data.pendingCount() == 0) {
            reportReplayed();
        }
    }

    private void report(Message message, long revision) {
        String operation =
                message.getHeaders() == null ? null : message.getHeaders().getFirst(MessageHeaders.OPERATION);
        boolean marker = message.getHeaders() != null && message.getHeaders().getFirst("Nats-Marker-Reason") != null;
        boolean deleted = marker || (operation != null && !operation.equals("PUT"));
        if (deleted && !replayed) {
            return; // what is deleted is not present
        }
        String key = message.getSubject().substring("$KV.".length() + bucket.length() + 1);
        Entry entry = new Entry(key, deleted ? new byte[0] : message.getData(), revision, deleted);
        context.runOnContext(v -> {
            if (!isEnded()) {
                watcher.onEntry(entry);
            }
        });
    }

    private void reportReplayed() {
        if (!replayed) {
            replayed = true;
            context.runOnContext(v -> {
                if (!isEnded()) {
                    watcher.onReplayed();
                }
            });
        }
    }

    private synchronized boolean isEnded() {
        return ended;
    }

    private synchronized void pulse() {
        if (!ended && System.nanoTime() - lastHeard > SILENCE) {
            renew();
        }
    }

    private synchronized void renew() {
        if (ended || renewing) {
            return;
        }
        renewing = true;
        link.<@Nullable Void>blocking("watch " + bucket + " again", () -> {
                    begin();
                    return null;
                })
                .onComplete(done -> renewed(done.succeeded()));
    }

    private synchronized void renewed(boolean succeeded) {
        renewing = false;
        if (!succeeded) {
            lastHeard = System.nanoTime() - SILENCE; // the next pulse tries again
        }
    }

    private Future<Void> stop() {
        Dispatcher closing;
        synchronized (this) {
            ended = true;
            closing = dispatcher;
            dispatcher = null;
            link.reconnected().remove(reconnected);
            link.running().remove(stopping);
            if (timer >= 0) {
                link.vertx().cancelTimer(timer);
            }
        }
        if (closing == null || !link.isConnected()) {
            return Future.succeededFuture();
        }
        return link.<@Nullable Void>blocking("end watch of " + bucket, () -> {
                    link.connection().closeDispatcher(closing);
                    return null;
                })
                .transform(closed -> Future.succeededFuture());
    }
}
