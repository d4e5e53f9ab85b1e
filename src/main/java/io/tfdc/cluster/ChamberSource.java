package io.tfdc.cluster;

import io.tfdc.leader.ChamberLoad;
import io.tfdc.messaging.MessageStream;
import io.tfdc.messaging.Subjects;
import io.tfdc.model.ChamberId;
import io.tfdc.model.ChamberMetadata;
import io.tfdc.storage.ChartStore;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The chambers there are: those with metadata in the store, with their weights, which are read seldom, and those that have notifications waiting,
 * which are looked for each time. Owned by one context.
 */
final class ChamberSource {
    private static final Logger LOG = LoggerFactory.getLogger(ChamberSource.class);
    private static final int MAX_CHAMBERS = 100_000;
    /** Where chambers wait whose weights are not known the store is asked again sooner. */
    private static final Duration UNKNOWN_TTL = Duration.ofSeconds(10);

    private final ChartStore store;
    private final MessageStream stream;
    private final Subjects subjects;
    private final Duration ttl;
    private final Moments moments;
    private Map<ChamberId, Long> weights = Map.of();
    private long loadedAt;
    private boolean loaded;
    private boolean unknown;

    /** @param ttl how long weights are used before they are read again */
    ChamberSource(ChartStore store, MessageStream stream, Subjects subjects, Duration ttl, Moments moments) {
        this.store = store;
        this.stream = stream;
        this.subjects = subjects;
        this.ttl = ttl;
        this.moments = moments;
    }

    /** All of them; a weight of 0 is not known. Fails only if neither source answers. */
    Future<List<ChamberLoad>> load() {
        Future<Map<ChamberId, Long>> known = weights();
        Future<List<ChamberId>> waiting = stream.subjects(subjects.everyCompleted(), MAX_CHAMBERS)
                .map(found -> found.keySet().stream()
                        .flatMap(subject -> subjects.chamber(subject).stream())
                        .toList());
        return Future.join(known, waiting).transform(both -> {
            if (known.failed() && waiting.failed()) {
                return Future.failedFuture(known.cause());
            }
            TreeMap<ChamberId, Long> all = new TreeMap<>(known.succeeded() ? known.result() : weights);
            if (waiting.succeeded()) {
                for (ChamberId chamber : waiting.result()) {
                    unknown |= all.putIfAbsent(chamber, 0L) == null;
                }
            }
            unknown |= all.isEmpty();
            return Future.succeededFuture(all.entrySet().stream()
                    .limit(MAX_CHAMBERS)
                    .map(entry -> new ChamberLoad(entry.getKey(), entry.getValue()))
                    .toList());
        });
    }

    private Future<Map<ChamberId, Long>> weights() {
        Duration fresh = unknown ? UNKNOWN_TTL : ttl;
        if (loaded && moments.nanos() - loadedAt < fresh.toNanos()) {
            return Future.succeededFuture(weights);
        }
        return store.chamberMetadata()
                .map(found -> {
                    Map<ChamberId, Long> read = new TreeMap<>();
                    for (ChamberMetadata metadata : found) {
                        read.put(metadata.chamber(), metadata.weight());
                    }
                    weights = read;
                    loaded = true;
                    unknown = false;
                    loadedAt = moments.nanos();
                    return weights;
                })
                .onFailure(error -> LOG.warn("weights of the chambers: {}", error.getMessage()));
    }
}
