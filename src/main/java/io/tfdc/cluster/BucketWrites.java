package io.tfdc.cluster;

import io.tfdc.coordination.CoordinationJson;
import io.tfdc.coordination.IdClaim;
import io.tfdc.coordination.MemberEffect;
import io.tfdc.coordination.MemberEvent;
import io.tfdc.coordination.StableId;
import io.tfdc.messaging.BrokerException.Reason;
import io.tfdc.messaging.KeyValueBucket.Entry;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a member writes into the cluster's buckets: claims, heartbeats, releases. */
final class BucketWrites {
    /**
     * A heartbeat or a release without an answer for so long is written again: a server that has just lost its leader drops requests, and the
     * broker's own patience is as long as a lease. An answer that comes later counts nevertheless.
     */
    private static final long PATIENCE_MILLIS = 1_000;

    private final ClusterBuckets buckets;
    private final Moments moments;
    private final ClusterMetrics metrics;
    private final Consumer<MemberEvent> late;

    /** @param late told of outcomes that come after their effect was said to have failed, on any thread */
    BucketWrites(ClusterBuckets buckets, Moments moments, ClusterMetrics metrics, Consumer<MemberEvent> late) {
        this.buckets = buckets;
        this.moments = moments;
        this.metrics = metrics;
        this.late = late;
    }

    /** The outcome, empty if the effect is of another kind. */
    Optional<Future<MemberEvent>> carryOut(MemberEffect effect) {
        long sent = moments.nanos();
        if (effect instanceof MemberEffect.PutHeartbeat put) {
            return Optional.of(inTime(buckets.heartbeats()
                            .put(put.heartbeat().key(), CoordinationJson.encode(put.heartbeat()))
                            .map(revision -> new MemberEvent.HeartbeatWritten(
                                    put.heartbeat().incarnation(), sent)))
                    .onFailure(error -> metrics.heartbeatFailed()));
        } else if (effect instanceof MemberEffect.DeleteHeartbeat delete) {
            return Optional.of(buckets.heartbeats()
                    .delete(delete.key())
                    .map(done -> new MemberEvent.HeartbeatDeleted(delete.key())));
        } else if (effect instanceof MemberEffect.PutRelease put) {
            return Optional.of(inTime(buckets.assignments()
                    .put(put.record().key(), CoordinationJson.encode(put.record()))
                    .map(revision -> new MemberEvent.ReleaseWritten(put.record().version()))));
        }
        return Optional.ofNullable(claim(effect, sent));
    }

    private Future<MemberEvent> inTime(Future<MemberEvent> written) {
        return written.timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .onFailure(error -> written.onSuccess(late::accept));
    }

    private @Nullable Future<MemberEvent> claim(MemberEffect effect, long sent) {
        if (effect instanceof MemberEffect.ListClaims) {
            return BucketSnapshot.read(buckets.claims()).map(found -> new MemberEvent.ClaimsListed(claims(found)));
        } else if (effect instanceof MemberEffect.CreateClaim create) {
            StableId id = create.claim().id();
            return written(id, sent, buckets.claims().create(id.toString(), CoordinationJson.encode(create.claim())));
        } else if (effect instanceof MemberEffect.UpdateClaim update) {
            StableId id = update.claim().id();
            byte[] value = CoordinationJson.encode(update.claim());
            return written(id, sent, buckets.claims().update(id.toString(), value, update.revision()));
        } else if (effect instanceof MemberEffect.DeleteClaim delete) {
            return MemberEffects.outcome(
                    buckets.claims().delete(delete.id().toString(), delete.revision()),
                    done -> new MemberEvent.ClaimDeleted(delete.id()),
                    Reason.WRONG_REVISION,
                    new MemberEvent.ClaimRefused(delete.id()));
        }
        return null;
    }

    private static Future<MemberEvent> written(StableId id, long sent, Future<Long> revision) {
        return MemberEffects.outcome(
                revision,
                written -> new MemberEvent.ClaimWritten(id, written, sent),
                Reason.WRONG_REVISION,
                new MemberEvent.ClaimRefused(id));
    }

    private static List<IdClaim.Entry> claims(Map<String, Entry> found) {
        List<IdClaim.Entry> claims = new ArrayList<>();
        for (Entry entry : found.values()) {
            StoredRecord.read("claim", entry.value(), CoordinationJson::decodeIdClaim)
                    .ifPresent(claim -> claims.add(new IdClaim.Entry(claim, entry.revision())));
        }
        return claims;
    }
}
