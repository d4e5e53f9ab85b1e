package io.tfdc.cluster;

import io.tfdc.coordination.StableId;
import io.tfdc.messaging.BrokerException;
import io.tfdc.messaging.MessageStream;
import io.tfdc.messaging.MessageStream.ConsumerInfo;
import io.tfdc.messaging.Subjects;
import io.tfdc.model.ChamberId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The consumers of the stream of notifications, everybody's. Deleting one fences its holder. */
final class Consumers {
    private final MessageStream stream;
    private final Subjects subjects;

    Consumers(MessageStream stream, Subjects subjects) {
        this.stream = stream;
        this.subjects = subjects;
    }

    /**
     * A consumer.
     *
     * @param chambers its chambers by name; filters of another kind are none
     */
    record Slice(String name, Set<ChamberId> chambers) {
        Optional<StableId.SliceOwner> owner() {
            return StableId.ownerOf(name);
        }
    }

    Future<List<Slice>> list() {
        return stream.consumers().map(found -> found.stream().map(this::slice).toList());
    }

    /** Deletes consumers; completes when none of those that were there is left. */
    Future<Void> deleteIf(Predicate<Slice> chosen) {
        return list().compose(found -> {
            List<Future<Void>> deletions = new ArrayList<>();
            for (Slice slice : found) {
                if (chosen.test(slice)) {
                    deletions.add(delete(slice.name()));
                }
            }
            return Future.join(deletions).mapEmpty();
        });
    }

    /** Deletes a consumer if it is there. */
    Future<Void> delete(String name) {
        return stream.deleteConsumer(name)
                .recover(error ->
                        error instanceof BrokerException broker && broker.reason() == BrokerException.Reason.NOT_FOUND
                                ? Future.succeededFuture()
                                : Future.failedFuture(error));
    }

    private Slice slice(ConsumerInfo info) {
        Set<ChamberId> chambers = new HashSet<>();
        info.filters().forEach(filter -> subjects.chamber(filter).ifPresent(chambers::add));
        return new Slice(info.name(), chambers);
    }
}
