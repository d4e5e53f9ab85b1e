package io.tfdc.cluster;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.CoordinationJson;
import io.tfdc.coordination.LeaderRecord;
import io.tfdc.coordination.ReleaseRecord;
import io.tfdc.coordination.StableId;
import io.tfdc.leader.LeaderEffect;
import io.tfdc.leader.LeaderEvent;
import io.tfdc.leader.LeaderJson;
import io.tfdc.leader.OperatorState;
import io.tfdc.messaging.BrokerException;
import io.tfdc.messaging.BrokerException.Reason;
import io.tfdc.messaging.KeyValueBucket;
import io.tfdc.messaging.KeyValueBucket.Entry;
import io.tfdc.model.ChamberId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what the leader wants done and tells it the outcomes. Right before anything is written or deleted it is asked whether this
 * process still leads; if not, nothing is sent. Owned by the leader's context.
 */
final class LeaderEffects {
    private static final Logger LOG = LoggerFactory.getLogger(LeaderEffects.class);
    private static final Duration PROBE_TIMEOUT = Duration.ofMillis(400);

    private final ClusterParts parts;
    private final ClusterNames names;
    private final KeyValueBucket assignments;
    private final Consumers consumers;
    private final ChamberSource chambers;
    private final BooleanSupplier leads;
    private final Consumer<LeaderEvent> answers;

    LeaderEffects(ClusterParts parts, ChamberSource chambers, BooleanSupplier leads, Consumer<LeaderEvent> answers) {
        this.parts = parts;
        this.names = parts.names();
        this.assignments = parts.buckets().assignments();
        this.consumers = new Consumers(parts.notifications(), parts.subjects());
        this.chambers = chambers;
        this.leads = leads;
        this.answers = answers;
    }

    /** Carries out an effect; replies to operators and stepping down are not among those that it knows. */
    void carryOut(LeaderEffect effect) {
        if (effect instanceof LeaderEffect.Probe probe) {
            probe(probe);
        } else if (effect instanceof LeaderEffect.Grant grant) {
            send(() -> parts.broker()
                    .publish(
                            names.memberSubject(grant.incarnation()),
                            new PeerMessage.Grant(grant.incarnation(), grant.id()).encode()));
        } else if (effect instanceof LeaderEffect.DeleteConsumer delete) {
            send(() -> consumers.delete(delete.name()));
        } else if (effect instanceof LeaderEffect.LogDecision log) {
            send(() -> parts.decisions().append(log.decision()));
        } else {
            Future<LeaderEvent> outcome = write(effect)
                    .or(() -> read(effect))
                    .orElseThrow(() -> new IllegalStateException("nobody carries out " + effect));
            outcome.onSuccess(answers::accept).onFailure(error -> {
                LOG.atInfo()
                        .addKeyValue("effect", effect.getClass().getSimpleName())
                        .log("not done: {}", error.getMessage());
                answers.accept(new LeaderEvent.Failed(effect, String.valueOf(error.getMessage())));
            });
        }
    }

    private Optional<Future<LeaderEvent>> write(LeaderEffect effect) {
        if (effect instanceof LeaderEffect.ClaimEpoch claim) {
            return Optional.of(compareAndSet(
                            effect, LeaderRecord.KEY, CoordinationJson.encode(claim.record()), claim.revision())
                    .map(written -> written.map(
                            revision -> (LeaderEvent) new LeaderEvent.EpochClaimed(revision),
                            new LeaderEvent.WriteRefused(effect))));
        } else if (effect instanceof LeaderEffect.WriteMap write) {
            AssignmentMap map = write.map();
            return Optional.of(compareAndSet(effect, AssignmentMap.KEY, CoordinationJson.encode(map), write.revision())
                    .map(written -> written.map(
                            revision -> (LeaderEvent) new LeaderEvent.MapWritten(map.epoch(), map.version(), revision),
                            new LeaderEvent.WriteRefused(effect))));
        } else if (effect instanceof LeaderEffect.WriteOperatorState write) {
            return Optional.of(compareAndSet(
                            effect, OperatorState.KEY, LeaderJson.encode(write.state()), write.revision())
                    .map(written -> written.map(
                            revision -> (LeaderEvent) new LeaderEvent.OperatorStateWritten(revision),
                            new LeaderEvent.WriteRefused(effect))));
        } else if (effect instanceof LeaderEffect.FenceMembers fence) {
            return Optional.of(whileLeading(() -> consumers.deleteIf(slice -> slice.owner()
                            .filter(owner -> fence.ids().contains(owner.id()))
                            .isPresent()))
                    .map(done -> new LeaderEvent.MembersFenced(fence.ids())));
        } else if (effect instanceof LeaderEffect.FenceSlices fence) {
            return Optional.of(whileLeading(() -> consumers.deleteIf(slice -> has(slice, fence)))
                    .map(done -> new LeaderEvent.SlicesFenced(fence.id(), fence.chambers())));
        }
        return Optional.empty();
    }

    private static boolean has(Consumers.Slice slice, LeaderEffect.FenceSlices fence) {
        Optional<StableId.SliceOwner> owner = slice.owner();
        return owner.isPresent()
                && owner.get().id().equals(fence.id())
                && !Collections.disjoint(slice.chambers(), fence.chambers());
    }

    private Optional<Future<LeaderEvent>> read(LeaderEffect effect) {
        if (effect instanceof LeaderEffect.ReadState) {
            return Optional.of(BucketSnapshot.read(assignments).map(LeaderEffects::state));
        } else if (effect instanceof LeaderEffect.LoadChambers) {
            return Optional.of(chambers.load().map(LeaderEvent.ChambersLoaded::new));
        } else if (effect instanceof LeaderEffect.ListConsumers) {
            return Optional.of(consumers.list().map(found -> {
                Map<String, Set<ChamberId>> slices = new HashMap<>();
                found.forEach(slice -> slices.put(slice.name(), slice.chambers()));
                return new LeaderEvent.ConsumersSeen(slices);
            }));
        } else if (effect instanceof LeaderEffect.ReadHistory) {
            return Optional.of(assignments.history(AssignmentMap.KEY).map(LeaderEffects::history));
        }
        return Optional.empty();
    }

    private static LeaderEvent state(Map<String, Entry> found) {
        Optional<Entry> leader = Optional.ofNullable(found.get(LeaderRecord.KEY));
        Optional<Entry> map = Optional.ofNullable(found.get(AssignmentMap.KEY));
        Optional<Entry> operator = Optional.ofNullable(found.get(OperatorState.KEY));
        List<ReleaseRecord> releases = new ArrayList<>();
        found.forEach((key, entry) -> {
            if (key.startsWith(ReleaseRecord.PREFIX)) {
                StoredRecord.read("release", entry.value(), CoordinationJson::decodeReleaseRecord)
                        .ifPresent(releases::add);
            }
        });
        return new LeaderEvent.StateRead(
                leader.flatMap(entry ->
                        StoredRecord.read("leader record", entry.value(), CoordinationJson::decodeLeaderRecord)),
                leader.map(Entry::revision).orElse(0L),
                map.flatMap(entry -> StoredRecord.read("map", entry.value(), CoordinationJson::decodeAssignmentMap)),
                map.map(Entry::revision).orElse(0L),
                operator.flatMap(entry ->
                                StoredRecord.read("operator state", entry.value(), LeaderJson::decodeOperatorState))
                        .orElse(OperatorState.NONE),
                operator.map(Entry::revision).orElse(0L),
                releases);
    }

    /** Versions once each, as they were written last. */
    private static LeaderEvent history(List<Entry> oldestFirst) {
        List<AssignmentMap> newestFirst = new ArrayList<>();
        for (int i = oldestFirst.size() - 1; i >= 0; i--) {
            Entry entry = oldestFirst.get(i);
            if (!entry.deleted()) {
                StoredRecord.read("map", entry.value(), CoordinationJson::decodeAssignmentMap)
                        .ifPresent(newestFirst::add);
            }
        }
        return new LeaderEvent.HistoryRead(newestFirst);
    }

    private void probe(LeaderEffect.Probe probe) {
        parts.broker()
                .request(names.memberSubject(probe.incarnation()), new PeerMessage.Probe().encode(), PROBE_TIMEOUT)
                .onComplete(answer -> answers.accept(
                        new LeaderEvent.Probed(probe.incarnation(), result(answer.succeeded(), answer.cause()))));
    }

    private static LeaderEvent.ProbeResult result(boolean answered, Throwable error) {
        if (answered) {
            return LeaderEvent.ProbeResult.ANSWERED;
        }
        return error instanceof BrokerException broker && broker.reason() == Reason.NO_RESPONDERS
                ? LeaderEvent.ProbeResult.NO_RESPONDERS
                : LeaderEvent.ProbeResult.TIMEOUT;
    }

    /** The revision written, or none if another one was there. */
    private record Written(Optional<Long> revision) {
        LeaderEvent map(java.util.function.LongFunction<LeaderEvent> done, LeaderEvent refused) {
            return revision.isPresent() ? done.apply(revision.get()) : refused;
        }
    }

    private Future<Written> compareAndSet(LeaderEffect effect, String key, byte[] value, long revision) {
        return whileLeading(
                        () -> revision == 0 ? assignments.create(key, value) : assignments.update(key, value, revision))
                .map(written -> new Written(Optional.of(written)))
                .recover(error -> error instanceof BrokerException broker && broker.reason() == Reason.WRONG_REVISION
                        ? Future.succeededFuture(new Written(Optional.empty()))
                        : Future.failedFuture(error));
    }

    private <T> Future<T> whileLeading(Supplier<Future<T>> write) {
        return leads.getAsBoolean()
                ? write.get()
                : Future.failedFuture(new BrokerException(Reason.REFUSED, "this process leads no longer"));
    }

    /** What has no answer. */
    private void send(Supplier<Future<Void>> write) {
        whileLeading(write).onFailure(error -> LOG.info("not done: {}", error.getMessage()));
    }
}
