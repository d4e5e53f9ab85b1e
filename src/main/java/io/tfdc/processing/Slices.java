package io.tfdc.processing;

import io.tfdc.messaging.BrokerException;
import io.tfdc.messaging.ConsumerConfig;
import io.tfdc.messaging.InFlightBound;
import io.tfdc.messaging.MessageStream;
import io.tfdc.messaging.Subjects;
import io.tfdc.messaging.WorkConsumer;
import io.tfdc.model.ChamberId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The consumers ("slices") of a member of the cluster, each with some chambers, all with one bound of messages in flight. They are created,
 * shrunk and deleted, never grown. Commands come from any thread, are carried out on the processing context, those of one slice in their
 * order, and fail with {@link BrokerException}; their futures complete on any thread.
 */
public final class Slices implements NotificationFeed {
    /**
     * What the broker lets a slice have unacknowledged: far above the bound, since messages that were left count there until their time is
     * up.
     */
    private static final int MAX_ACK_PENDING = 1000;

    private final MessageStream stream;
    private final Subjects subjects;
    private final Duration ackWait;
    private final InFlightBound bound;
    private final Map<String, Slice> slices = new ConcurrentHashMap<>();
    private volatile @Nullable Running running;
    private volatile Consumer<String> onLost = name -> {};
    private int lives;
    private volatile boolean stopped;

    /** @param maxInFlight messages delivered and not settled, of all slices */
    public Slices(MessageStream stream, Subjects subjects, Duration ackWait, int maxInFlight) {
        this.stream = stream;
        this.subjects = subjects;
        this.ackWait = ackWait;
        this.bound = InFlightBound.shared(maxInFlight);
    }

    private record Running(Context context, Receiver receiver) {}

    /** A consumer and what it has. The tail is the end of its commands so far. */
    private static final class Slice {
        private volatile Set<ChamberId> chambers;
        private final WorkConsumer consumer;
        private Future<Void> tail = Future.succeededFuture();

        Slice(Set<ChamberId> chambers, WorkConsumer consumer) {
            this.chambers = Set.copyOf(chambers);
            this.consumer = consumer;
        }
    }

    /** Who is told the names of slices that others deleted; called on the processing context. */
    public void onLost(Consumer<String> handler) {
        onLost = handler;
    }

    /** Creates a slice and pulls from it; fails with {@code FILTER_OVERLAP} while another consumer has one of the chambers. */
    public Future<Void> create(String name, Set<ChamberId> chambers) {
        return onContext(receiver -> {
            ConsumerConfig config = new ConsumerConfig(
                    name,
                    chambers.stream().map(subjects::completed).sorted().toList(),
                    ackWait,
                    -1,
                    MAX_ACK_PENDING,
                    Duration.ZERO);
            int life = lives;
            return stream.createConsumer(config).compose(created -> {
                if (life != lives) {
                    return Future.failedFuture(new BrokerException(
                            BrokerException.Reason.UNAVAILABLE, "slice " + name + " was abandoned"));
                }
                Slice slice = new Slice(chambers, created);
                slices.put(name, slice);
                created.onLost(gone -> lost(name, slice, receiver));
                return inOrder(slice, () -> created.start(bound, receiver::accept));
            });
        });
    }

    /** Takes chambers away from a slice, lets go of what is in flight for them. */
    public Future<Void> shrink(String name, Set<ChamberId> remaining) {
        return onContext(receiver -> {
            Slice slice = require(name);
            return inOrder(
                            slice,
                            () -> stream.shrinkConsumer(
                                    name,
                                    remaining.stream().map(subjects::completed).toList()))
                    .onSuccess(shrunk -> {
                        Set<ChamberId> gone = new HashSet<>(slice.chambers);
                        gone.removeAll(remaining);
                        slice.chambers = Set.copyOf(remaining);
                        receiver.leave(gone::contains);
                    });
        });
    }

    /** Pulls no more from a slice; what is in flight goes on. */
    public Future<Void> pause(String name) {
        return onContext(receiver -> {
            Slice slice = require(name);
            return inOrder(slice, slice.consumer::stop);
        });
    }

    /** Pulls again from a paused slice. */
    public Future<Void> resume(String name) {
        return onContext(receiver -> {
            Slice slice = require(name);
            return inOrder(slice, () -> slice.consumer.start(bound, receiver::accept));
        });
    }

    /** Deletes a slice, if it is there, and lets go of what is in flight for its chambers. */
    public Future<Void> delete(String name) {
        return onContext(receiver -> {
            Slice slice = slices.get(name);
            Future<Void> ended = slice == null ? Future.succeededFuture() : inOrder(slice, slice.consumer::stop);
            return ended.compose(pulledNoMore -> stream.deleteConsumer(name))
                    .recover(error -> isGone(error) ? Future.<Void>succeededFuture() : Future.failedFuture(error))
                    .onSuccess(deleted -> {
                        if (slice != null && slices.remove(name, slice)) {
                            receiver.leave(slice.chambers::contains);
                        }
                    });
        });
    }

    /** Stops pulling from all slices without asking the broker, and lets go of everything in flight. */
    public Future<Void> abandon() {
        return onContext(receiver -> {
            List<Slice> all = List.copyOf(slices.values());
            slices.clear();
            lives++;
            all.forEach(slice -> slice.consumer.stop());
            receiver.leave(chamber -> true);
            return Future.succeededFuture();
        });
    }

    @Override
    public Future<Void> start(Vertx vertx, Receiver receiver) {
        running = new Running(vertx.getOrCreateContext(), receiver);
        return Future.succeededFuture();
    }

    @Override
    public boolean isPulling() {
        return running != null && !stopped;
    }

    @Override
    public Future<Void> stop() {
        stopped = true;
        return Future.join(slices.values().stream()
                        .map(slice -> slice.consumer.stop())
                        .toList())
                .mapEmpty();
    }

    /** Its consumers stay with the broker: the cluster's protocol deletes them. */
    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }

    /** How many chambers a slice has, 0 if it is not there; for meters. */
    public int chambersOf(String name) {
        Slice slice = slices.get(name);
        return slice == null ? 0 : slice.chambers.size();
    }

    private void lost(String name, Slice slice, Receiver receiver) {
        if (slices.remove(name, slice)) {
            receiver.leave(slice.chambers::contains);
            onLost.accept(name);
        }
    }

    private Slice require(String name) {
        Slice slice = slices.get(name);
        if (slice == null) {
            throw new BrokerException(BrokerException.Reason.NOT_FOUND, "there is no slice " + name);
        }
        return slice;
    }

    private static Future<Void> inOrder(Slice slice, Supplier<Future<Void>> command) {
        slice.tail = slice.tail.transform(before -> command.get());
        return slice.tail;
    }

    private static boolean isGone(Throwable error) {
        return error instanceof BrokerException broker && broker.reason() == BrokerException.Reason.NOT_FOUND;
    }

    private interface Command {
        Future<Void> run(Receiver receiver);
    }

    private Future<Void> onContext(Command command) {
        Running now = running;
        if (now == null) {
            return Future.failedFuture(
                    new BrokerException(BrokerException.Reason.UNAVAILABLE, "processing has not started"));
        }
        Promise<Void> done = Promise.promise();
        now.context.runOnContext(v -> {
            try {
                command.run(now.receiver).onComplete(done);
            } catch (BrokerException e) {
                done.fail(e);
            }
        });
        return done.future();
    }
}
