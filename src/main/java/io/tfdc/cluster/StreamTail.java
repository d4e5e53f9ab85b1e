package io.tfdc.cluster;

import io.tfdc.messaging.MessageStream;
import io.tfdc.messaging.MessageStream.StoredMessage;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The newest entries of a stream that nothing is deleted from but by age. Each reading goes on where the last one ended, so that looking
 * every few seconds costs one request while nothing happens. To be used on one context.
 */
final class StreamTail<T> {
    private static final int READ = 500;

    private final MessageStream stream;
    private final int keep;
    private final Function<byte[], Optional<T>> decoder;
    private final Deque<T> entries = new ArrayDeque<>();
    private long next;
    private @Nullable Future<List<T>> reading;

    /**
     * @param keep most entries held
     * @param decoder reads an entry, empty if it is none
     */
    StreamTail(MessageStream stream, int keep, Function<byte[], Optional<T>> decoder) {
        this.stream = stream;
        this.keep = keep;
        this.decoder = decoder;
    }

    /** The newest entries, oldest first. Who asks while somebody else's reading is under way gets its result. */
    Future<List<T>> read() {
        Future<List<T>> underWay = reading;
        if (underWay != null && !underWay.isComplete()) {
            return underWay;
        }
        Future<List<T>> fresh = begin().compose(begun -> readOn()).map(done -> List.copyOf(entries));
        reading = fresh;
        return fresh;
    }

    /** Where the first reading starts. */
    private Future<Void> begin() {
        if (next > 0) {
            return Future.succeededFuture();
        }
        return stream.read(1, 1)
                .compose(first -> first.isEmpty()
                        ? Future.succeededFuture()
                        : stream.size().map(size -> {
                            long oldest = first.get(0).sequence();
                            next = Math.max(oldest, oldest + size - keep);
                            return null;
                        }));
    }

    private Future<Void> readOn() {
        return next == 0
                ? Future.succeededFuture()
                : stream.read(next, READ).compose(found -> {
                    found.forEach(this::take);
                    return found.size() < READ ? Future.succeededFuture() : readOn();
                });
    }

    private void take(StoredMessage message) {
        next = message.sequence() + 1;
        decoder.apply(message.payload()).ifPresent(entries::addLast);
        if (entries.size() > keep) {
            entries.removeFirst();
        }
    }
}
