package io.tfdc.cli;

import io.micrometer.core.instrument.MeterRegistry;
import io.tfdc.cluster.Cluster;
import io.tfdc.cluster.ClusterBuckets;
import io.tfdc.cluster.ClusterNames;
import io.tfdc.cluster.ClusterParts;
import io.tfdc.cluster.DecisionLog;
import io.tfdc.cluster.Moments;
import io.tfdc.cluster.TransitionLog;
import io.tfdc.config.ClusterConfig;
import io.tfdc.config.DefenderConfig;
import io.tfdc.config.PodConfig;
import io.tfdc.coordination.ClusterSettings;
import io.tfdc.coordination.Identity;
import io.tfdc.coordination.Progress;
import io.tfdc.election.ClusterSizeSource;
import io.tfdc.leader.LeaderSettings;
import io.tfdc.leader.PlannerOptions;
import io.tfdc.messaging.MessageBroker;
import io.tfdc.processing.Processing;
import io.tfdc.processing.ProcessingStats;
import io.tfdc.processing.Slices;
import io.tfdc.storage.ChartStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Builds a process's part in the cluster from its configuration. */
final class ClusterSetup {
    private static final int BOOT_LENGTH = 10;
    private static final Duration MAX_MARGIN = Duration.ofSeconds(1);

    private final DefenderConfig config;
    private final Identity identity;
    private final long seed;

    ClusterSetup(DefenderConfig config) {
        SecureRandom random = new SecureRandom();
        this.config = config;
        this.identity = identity(config.pod(), random);
        this.seed = random.nextLong();
    }

    Identity identity() {
        return identity;
    }

    /** In shadow mode everything has names of its own, so that nothing of a working cluster is touched. */
    static ClusterNames names(ClusterConfig config) {
        String shadow = config.mode() == ClusterConfig.Mode.SHADOW ? "-shadow" : "";
        return new ClusterNames(
                config.scoped("defender") + shadow,
                config.scoped(config.assignmentsBucket()) + shadow,
                config.scoped(config.heartbeatsBucket()) + shadow,
                config.scoped(config.stableIdsBucket()) + shadow,
                config.scoped("defender-decisions") + shadow,
                config.scoped("defender-transitions") + shadow);
    }

    /** Everything of the cluster on the broker, created where it is missing, and the election. Call it on a context. */
    Future<OnBroker> open(Vertx vertx, MessageBroker broker) {
        ClusterNames names = names(config.cluster());
        int replicas = config.nats().replicas();
        Future<ClusterBuckets> buckets = ClusterBuckets.open(broker, names, settings(), replicas);
        Future<DecisionLog> decisions = DecisionLog.open(broker, names, replicas);
        Future<TransitionLog> transitions = TransitionLog.open(broker, names, replicas);
        Future<Elections.Election> election = Elections.open(vertx, config, broker);
        return Future.all(buckets, decisions, transitions, election)
                .map(all -> new OnBroker(
                        names, buckets.result(), decisions.result(), transitions.result(), election.result()));
    }

    /** What a cluster has on the broker, and who decides its elections. */
    record OnBroker(
            ClusterNames names,
            ClusterBuckets buckets,
            DecisionLog decisions,
            TransitionLog transitions,
            Elections.Election election) {}

    Future<Cluster> join(
            Vertx vertx,
            MessageBroker broker,
            SiteStreams streams,
            OnBroker opened,
            ChartStore store,
            Slices slices,
            Processing processing,
            MeterRegistry meters) {
        return Cluster.join(
                vertx,
                new ClusterParts(
                        identity,
                        settings(),
                        planning(),
                        opened.election().times(),
                        opened.names(),
                        broker,
                        opened.buckets(),
                        opened.decisions(),
                        opened.transitions(),
                        streams.notifications(),
                        streams.subjects(),
                        store,
                        config.cluster().weightCacheTtl(),
                        opened.election().service(),
                        slices,
                        processing::prefetch,
                        () -> progress(processing.stats()),
                        () -> intended(opened.election().size()),
                        meters,
                        Moments.SYSTEM,
                        seed));
    }

    /** What the platform says, where it can be asked. */
    private Future<OptionalInt> intended(ClusterSizeSource source) {
        PodConfig pod = config.pod();
        return pod.name().isPresent() && pod.namespace().isPresent()
                ? source.desiredReplicas(pod.namespace().get(), pod.name().get())
                : Future.succeededFuture(OptionalInt.empty());
    }

    private ClusterSettings settings() {
        ClusterConfig cluster = config.cluster();
        ClusterSettings byDefault = ClusterSettings.DEFAULT;
        Duration half = cluster.heartbeatInterval().dividedBy(2);
        return new ClusterSettings(
                cluster.heartbeatInterval(),
                byDefault.missedHeartbeats(),
                half.compareTo(MAX_MARGIN) < 0 ? half : MAX_MARGIN,
                byDefault.claimTtl(),
                byDefault.claimDeadline(),
                cluster.maxDefenders(),
                byDefault.probeInterval(),
                byDefault.probeConfirm(),
                cluster.crashWindow(),
                byDefault.massLossShare(),
                byDefault.massLossConfirm(),
                cluster.coldStartWindow(),
                cluster.scaleWindow(),
                cluster.quietTime(),
                cluster.handoverGrace(),
                cluster.releaseDeadline(),
                config.processing().drainTimeout(),
                byDefault.prefetchBudget(),
                byDefault.maxSlices(),
                byDefault.mergeQuiet(),
                byDefault.grayAfter(),
                cluster.expectedSize());
    }

    private LeaderSettings planning() {
        ClusterConfig cluster = config.cluster();
        LeaderSettings byDefault = LeaderSettings.DEFAULT;
        PlannerOptions options = PlannerOptions.DEFAULT;
        return new LeaderSettings(
                LeaderSettings.Mode.valueOf(cluster.planner().name()),
                new PlannerOptions(
                        options.maxLoad(),
                        options.minLoad(),
                        options.trigger(),
                        options.maxCount(),
                        options.budget(),
                        options.defaultWeight(),
                        cluster.virtualNodes()),
                cluster.moveBudget(),
                cluster.weightRebalance() ? cluster.weightBudget() : 0,
                byDefault.weightPeriod(),
                cluster.weightThreshold().map(more -> 1 + more).orElse(byDefault.weightTrigger()),
                cluster.weightThreshold().orElse(byDefault.ringTolerance()),
                byDefault.chambersInterval(),
                byDefault.homeMemory(),
                cluster.mode() == ClusterConfig.Mode.SHADOW);
    }

    private static Progress progress(ProcessingStats stats) {
        return new Progress(
                stats.processed(), stats.failed(), stats.inFlight(), stats.oldestInFlightMillis(), stats.paused());
    }

    /** Without a pod's uid every start counts as another pod: nobody takes a neighbour on the same host for itself. */
    private static Identity identity(PodConfig pod, SecureRandom random) {
        StringBuilder boot = new StringBuilder();
        while (boot.length() < BOOT_LENGTH) {
            boot.append(Character.forDigit(random.nextInt(Character.MAX_RADIX), Character.MAX_RADIX));
        }
        return new Identity(
                pod.uid().orElse(boot.toString()),
                pod.name().orElseGet(ClusterSetup::hostName),
                boot.toString().toLowerCase(Locale.ROOT),
                Optional.ofNullable(ClusterSetup.class.getPackage().getImplementationVersion())
                        .orElse("(not packaged)"));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
