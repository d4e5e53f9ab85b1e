package io.tfdc.processing;

import io.tfdc.messaging.BrokerException;
import io.tfdc.messaging.ConsumerConfig;
import io.tfdc.messaging.MessageStream;
import io.tfdc.messaging.MessageStream.ConsumerInfo;
import io.tfdc.messaging.WorkConsumer;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * All chambers by one process. At the start the consumers of earlier processes are deleted: what they left unacknowledged is
 * delivered again at once and in its old order, and a process that still holds one can't settle anything any more. Where two
 * processes are started by mistake the later one works and the earlier one waits for it to end.
 */
public final class WholeStream implements WorkSource {
    private static final String PREFIX = "all-";

    private final MessageStream stream;
    private final ConsumerConfig config;
    private boolean takenOver;

    /**
     * @param filter subject filter of all notifications
     * @param incarnation unique per start of a process, {@code A-Z a-z 0-9 _ -}
     * @param maxInFlight messages delivered and not settled
     */
    public WholeStream(MessageStream stream, String filter, String incarnation, Duration ackWait, int maxInFlight) {
        this.stream = stream;
        this.config =
                new ConsumerConfig(PREFIX + incarnation, List.of(filter), ackWait, -1, maxInFlight, Duration.ZERO);
    }

    /** Pulls from it, from a new consumer whenever one is lost. */
    public NotificationFeed feed() {
        return new PullLoop(this, config.maxAckPending());
    }

    @Override
    public Future<WorkConsumer> open() {
        Future<Void> free = takenOver ? Future.succeededFuture() : deleteLeftOver();
        return free.compose(done -> stream.createConsumer(config)).onSuccess(created -> takenOver = true);
    }

    @Override
    public Future<Void> close() {
        return delete(config.name());
    }

    private Future<Void> deleteLeftOver() {
        return stream.consumers().compose(present -> {
            List<Future<Void>> deletions = new ArrayList<>();
            for (ConsumerInfo consumer : present) {
                if (consumer.name().startsWith(PREFIX)) {
                    deletions.add(delete(consumer.name()));
                }
            }
            return Future.all(deletions).mapEmpty();
        });
    }

    private Future<Void> delete(String name) {
        return stream.deleteConsumer(name)
                .recover(error ->
                        error instanceof BrokerException broker && broker.reason() == BrokerException.Reason.NOT_FOUND
                                ? Future.succeededFuture()
                                : Future.failedFuture(error));
    }
}
