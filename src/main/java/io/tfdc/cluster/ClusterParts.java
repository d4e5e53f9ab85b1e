package io.tfdc.cluster;

import io.micrometer.core.instrument.MeterRegistry;
import io.tfdc.coordination.ClusterSettings;
import io.tfdc.coordination.ElectionTimes;
import io.tfdc.coordination.Identity;
import io.tfdc.coordination.Progress;
import io.tfdc.election.ElectionService;
import io.tfdc.leader.LeaderSettings;
import io.tfdc.messaging.MessageBroker;
import io.tfdc.messaging.MessageStream;
import io.tfdc.messaging.Subjects;
import io.tfdc.model.ChamberId;
import io.tfdc.processing.Slices;
import io.tfdc.storage.ChartStore;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a process's part in the cluster is made of.
 *
 * @param identity who the process is
 * @param settings times and bounds of the protocol
 * @param planning how a leader plans
 * @param times times of the election
 * @param names names on the broker
 * @param broker the connection
 * @param buckets the cluster's buckets
 * @param decisions the log of decisions
 * @param transitions the log of states
 * @param notifications stream of notifications
 * @param subjects its subjects
 * @param store where chambers' metadata are
 * @param weightTtl how long weights are used before they are read again
 * @param election who decides elections; closed with the cluster
 * @param slices the consumers, which processing pulls from
 * @param prefetch loads histories of chambers; never fails
 * @param progress what processing does now; any thread
 * @param intended intended number of members as the platform tells it; asked by a leader every few seconds
 * @param meters registry of the process
 * @param moments where the time comes from
 * @param seed of all jitter
 */
public record ClusterParts(
        Identity identity,
        ClusterSettings settings,
        LeaderSettings planning,
        ElectionTimes times,
        ClusterNames names,
        MessageBroker broker,
        ClusterBuckets buckets,
        DecisionLog decisions,
        TransitionLog transitions,
        MessageStream notifications,
        Subjects subjects,
        ChartStore store,
        Duration weightTtl,
        ElectionService election,
        Slices slices,
        Function<Set<ChamberId>, Future<Void>> prefetch,
        Supplier<Progress> progress,
        Supplier<Future<OptionalInt>> intended,
        MeterRegistry meters,
        Moments moments,
        long seed) {}
