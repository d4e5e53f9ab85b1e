package io.tfdc.election.natskv;

import io.tfdc.election.ElectionException;
import io.tfdc.election.ElectionService;
import io.tfdc.messaging.BrokerException;
import io.tfdc.messaging.BrokerException.Reason;
import io.tfdc.messaging.BucketConfig;
import io.tfdc.messaging.KeyValueBucket;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One election, decided by compare-and-set on a key. Who leads rewrites the key; whoever has seen the same revision for as long as the
 * leader's term, on his own monotonic clock, takes it over by that revision. Nobody sees a revision before it was written, and its leader counts
 * the term from before the write, so while clocks run at about the same rate no two lead at one time, whatever the clock of the server says.
 * A stale read can only delay: the compare-and-set that follows fails.
 *
 * <p>The bucket's time to live removes the key of a cluster that has gone; it must be far longer than any term, since it is the server's
 * clock that measures it. One instance per candidate's process; not safe for use from several threads.
 */
public final class KeyValueElection implements ElectionService {
    /** Bucket for all elections of a site. */
    public static final String BUCKET = "defender-elections";

    private static final Duration GARBAGE_AFTER = Duration.ofHours(1);
    private static final int MAX_VALUE_BYTES = 2_048;

    private final KeyValueBucket bucket;
    private final String key;
    private final Duration timeout;
    private final LongSupplier nanos;
    private @Nullable LeaderKey seen;
    private long seenSince;

    /**
     * An election in a bucket.
     *
     * @param election its name, a key
     * @param timeout for one request
     * @param nanos monotonic clock
     */
    public KeyValueElection(KeyValueBucket bucket, String election, Duration timeout, LongSupplier nanos) {
        this.bucket = bucket;
        this.key = KeyValueBucket.requireKey(election);
        this.timeout = timeout;
        this.nanos = nanos;
    }

    /** The bucket's configuration. */
    public static BucketConfig bucket(int replicas) {
        return new BucketConfig(BUCKET, GARBAGE_AFTER, 1, MAX_VALUE_BYTES, replicas);
    }

    @Override
    public Future<CampaignResult> campaign(String candidate, Duration term) {
        return bounded(read().compose(found -> {
            LeaderKey present = found.orElse(null);
            if (present == null) {
                return won(candidate, bucket.create(key, LeaderKey.value(candidate, term.toMillis(), 0)), term);
            } else if (present.leader().equals(candidate)) {
                return rewrite(present, term).map(done -> new CampaignResult(true, candidate, present.token()));
            } else if (hasStoodStill(present)) {
                byte[] value = LeaderKey.value(candidate, term.toMillis(), 0);
                return won(candidate, bucket.update(key, value, present.revision()), term);
            }
            return Future.succeededFuture(new CampaignResult(false, present.leader(), 0));
        }));
    }

    @Override
    public Future<Boolean> extend(String candidate, Duration term) {
        LeaderKey last = seen;
        Future<Boolean> extended = last != null && last.leader().equals(candidate)
                ? rewrite(last, term).map(true).recover(error -> afterRefusal(error, candidate, term))
                : extendAfterReading(candidate, term);
        return bounded(extended);
    }

    /** Somebody else wrote, or an earlier write of our own whose answer was lost. */
    private Future<Boolean> afterRefusal(Throwable error, String candidate, Duration term) {
        return isRefusal(error) ? extendAfterReading(candidate, term) : Future.failedFuture(error);
    }

    private Future<Boolean> extendAfterReading(String candidate, Duration term) {
        return read().compose(found -> found.filter(present -> present.leader().equals(candidate))
                .map(present -> rewrite(present, term).map(true).recover(KeyValueElection::lost))
                .orElseGet(() -> Future.succeededFuture(false)));
    }

    @Override
    public Future<Void> resign(String candidate) {
        return bounded(read().compose(found -> found.filter(
                        present -> present.leader().equals(candidate))
                .map(present -> bucket.delete(key, present.revision())
                        .recover(error -> isRefusal(error) ? Future.succeededFuture() : Future.failedFuture(error)))
                .orElseGet(Future::succeededFuture)));
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }

    /** The outcome of a write that wins, or was too late. */
    private Future<CampaignResult> won(String candidate, Future<Long> write, Duration term) {
        return write.map(revision -> {
                    note(new LeaderKey(candidate, term.toMillis(), revision, revision));
                    return new CampaignResult(true, candidate, revision);
                })
                .recover(error -> isRefusal(error)
                        ? read().map(now -> new CampaignResult(
                                false, now.map(LeaderKey::leader).orElse(""), 0))
                        : Future.failedFuture(error));
    }

    private Future<LeaderKey> rewrite(LeaderKey present, Duration term) {
        byte[] value = LeaderKey.value(present.leader(), term.toMillis(), present.token());
        return bucket.update(key, value, present.revision())
                .map(revision -> note(new LeaderKey(present.leader(), term.toMillis(), present.token(), revision)));
    }

    private Future<Optional<LeaderKey>> read() {
        return bucket.get(key).map(found -> found.map(entry -> note(LeaderKey.of(entry))));
    }

    /** Remembers since when a revision is known. */
    private LeaderKey note(LeaderKey present) {
        if (seen == null || seen.revision() != present.revision()) {
            seen = present;
            seenSince = nanos.getAsLong();
        }
        return present;
    }

    private boolean hasStoodStill(LeaderKey present) {
        return nanos.getAsLong() - seenSince >= TimeUnit.MILLISECONDS.toNanos(present.termMillis());
    }

    private <T> Future<T> bounded(Future<T> answer) {
        return answer.timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .recover(error -> Future.failedFuture(
                        new ElectionException("the broker did not decide: " + error.getMessage(), error)));
    }

    private static Future<Boolean> lost(Throwable error) {
        return isRefusal(error) ? Future.succeededFuture(false) : Future.failedFuture(error);
    }

    private static boolean isRefusal(Throwable error) {
        return error instanceof BrokerException broker && broker.reason() == Reason.WRONG_REVISION;
    }
}
