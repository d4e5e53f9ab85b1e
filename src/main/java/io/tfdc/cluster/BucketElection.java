package io.tfdc.cluster;

import io.tfdc.election.ElectionException;
import io.tfdc.election.ElectionService;
import io.tfdc.messaging.BrokerException;
import io.tfdc.messaging.BrokerException.Reason;
import io.tfdc.messaging.KeyValueBucket;
import io.tfdc.messaging.KeyValueBucket.Entry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Elections by compare-and-set on one key of a bucket. The key names the leader and the length of its term. A challenger takes it over once it
 * has seen the same revision for a whole term of its own clock, so nobody's time of day matters. Owned by one context.
 */
public final class BucketElection implements ElectionService {
    private static final String KEY = "election";

    private final KeyValueBucket bucket;
    private final LongSupplier nanoClock;
    private long seenRevision = -1;
    private long seenAt;
    /** Revision of the own record while this candidate leads. */
    private @Nullable Held held;

    private record Held(String candidate, long revision) {}

    /** What the key says; an empty candidate has resigned. */
    private record Term(String candidate, long millis) {}

    /** @param bucket without a time to live */
    public BucketElection(KeyValueBucket bucket, LongSupplier nanoClock) {
        this.bucket = bucket;
        this.nanoClock = nanoClock;
    }

    @Override
    public Future<CampaignResult> campaign(String candidate, Duration term) {
        return bucket.get(KEY).compose(found -> stand(candidate, term, found)).recover(BucketElection::failure);
    }

    private Future<CampaignResult> stand(String candidate, Duration term, Optional<Entry> found) {
        if (found.isEmpty()) {
            return won(candidate, bucket.create(KEY, value(candidate, term)), candidate);
        }
        Entry entry = found.get();
        Term present = read(entry.value());
        long now = nanoClock.getAsLong();
        if (entry.revision() != seenRevision) {
            seenRevision = entry.revision();
            seenAt = now;
        }
        boolean free = present.candidate().isEmpty() || present.candidate().equals(candidate);
        boolean over = now - seenAt >= Duration.ofMillis(present.millis()).toNanos();
        if (!free && !over) {
            return Future.succeededFuture(new CampaignResult(false, present.candidate(), 0));
        }
        return won(candidate, bucket.update(KEY, value(candidate, term), entry.revision()), present.candidate());
    }

    private Future<CampaignResult> won(String candidate, Future<Long> written, String otherwise) {
        return written.map(revision -> {
                    held = new Held(candidate, revision);
                    return new CampaignResult(true, candidate, revision);
                })
                .recover(error -> isRefused(error)
                        ? Future.succeededFuture(
                                new CampaignResult(false, otherwise.equals(candidate) ? "" : otherwise, 0))
                        : Future.failedFuture(error));
    }

    @Override
    public Future<Boolean> extend(String candidate, Duration term) {
        Held mine = held;
        if (mine == null || !mine.candidate().equals(candidate)) {
            return Future.succeededFuture(false);
        }
        return bucket.update(KEY, value(candidate, term), mine.revision())
                .map(revision -> {
                    held = new Held(candidate, revision);
                    return true;
                })
                .recover(error -> isRefused(error) ? extendAgain(candidate, term) : Future.<Boolean>failedFuture(error))
                .recover(BucketElection::failure);
    }

    /** What refuses an extension may be an earlier one whose answer was lost: then the key is still the candidate's. */
    private Future<Boolean> extendAgain(String candidate, Duration term) {
        held = null;
        return bucket.get(KEY).compose(found -> {
            boolean mine =
                    found.isPresent() && read(found.get().value()).candidate().equals(candidate);
            if (!mine) {
                return Future.succeededFuture(false);
            }
            return bucket.update(KEY, value(candidate, term), found.get().revision())
                    .map(revision -> {
                        held = new Held(candidate, revision);
                        return true;
                    })
                    .recover(error ->
                            isRefused(error) ? Future.succeededFuture(false) : Future.<Boolean>failedFuture(error));
        });
    }

    @Override
    public Future<Void> resign(String candidate) {
        return bucket.get(KEY)
                .compose(found -> {
                    boolean mine = found.isPresent()
                            && read(found.get().value()).candidate().equals(candidate);
                    return mine
                            ? bucket.update(
                                            KEY,
                                            value("", Duration.ZERO),
                                            found.get().revision())
                                    .<Void>mapEmpty()
                            : Future.<Void>succeededFuture();
                })
                .recover(error -> isRefused(error) ? Future.succeededFuture() : failure(error));
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }

    private static byte[] value(String candidate, Duration term) {
        return CoordinationJson.bytes(
                new JsonObject().put("candidate", candidate).put("termMillis", term.toMillis()));
    }

    /** A record that can't be read is that of nobody. */
    private static Term read(byte[] value) {
        try {
            JsonObject json = new JsonObject(Buffer.buffer(value));
            return new Term(json.getString("candidate", ""), json.getLong("termMillis", 0L));
        } catch (RuntimeException notOurs) {
            return new Term("", 0);
        }
    }

    private static boolean isRefused(Throwable error) {
        return error instanceof BrokerException broker && broker.reason() == Reason.WRONG_REVISION;
    }

    private static <T> Future<T> failure(Throwable error) {
        return Future.failedFuture(new ElectionException("election: " + error.getMessage(), error));
    }
}
