package io.tfdc.cli;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tfdc.api.ActiveStrategies;
import io.tfdc.api.ClusterOperations;
import io.tfdc.api.NodeStatus;
import io.tfdc.cluster.Cluster;
import io.tfdc.config.ClusterConfig;
import io.tfdc.config.DefenderConfig;
import io.tfdc.config.ProcessingConfig;
import io.tfdc.coordination.MemberView;
import io.tfdc.coordination.StableId;
import io.tfdc.management.Health;
import io.tfdc.management.ManagementVerticle;
import io.tfdc.management.Pulse;
import io.tfdc.messaging.BrokerException;
import io.tfdc.messaging.MessageBroker;
import io.tfdc.processing.MeteredChartStore;
import io.tfdc.processing.NotificationFeed;
import io.tfdc.processing.Ownership;
import io.tfdc.processing.Processing;
import io.tfdc.processing.ProcessingParts;
import io.tfdc.processing.ProcessingSettings;
import io.tfdc.processing.ProcessingStats;
import io.tfdc.processing.Slices;
import io.tfdc.processing.WholeStream;
import io.tfdc.storage.ChartStore;
import io.tfdc.storage.StoreException;
import io.tfdc.storage.cache.CacheOptions;
import io.tfdc.strategy.StrategyBook;
import io.tfdc.uchart.TraceLimits;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process of the {@code run} role from start to end: management port, broker and store, processing, its part in the cluster; and in the
 * opposite order back. It waits for servers that aren't there yet and survives their loss.
 */
final class DefenderProcess {
    private static final Logger LOG = LoggerFactory.getLogger(DefenderProcess.class);
    private static final long STORE_CHECK_MILLIS = 2_000;
    private static final long READY_CHECK_MILLIS = 50;
    /** Time beyond the drain budget to close what is open. */
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final DefenderConfig config;
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final Pulse pulse = new Pulse(System::nanoTime);
    private final LifecycleMetrics lifecycle;
    private final Health health;
    private final TracingWiring tracing;
    private volatile boolean stopping;
    private volatile boolean storeUp;
    private volatile @Nullable MessageBroker broker;
    private volatile @Nullable ChartStore store;
    private volatile @Nullable Processing processing;
    private volatile @Nullable Cluster cluster;

    DefenderProcess(DefenderConfig config) {
        this.config = config;
        this.health = health();
        this.tracing = TracingWiring.open(config, "defender");
        config.pod().color().ifPresent(color -> meters.config().commonTags("deployment_color", color));
        this.lifecycle = new LifecycleMetrics(meters, System::nanoTime);
    }

    /** Runs until a signal or a failure that waiting doesn't cure; yields the exit code. */
    int run() {
        Optional<StrategyBook> fromFiles = config.processing().strategies().isEmpty()
                ? Optional.empty()
                : Optional.of(StrategyFiles.compile(config.processing().strategies()));
        Vertx vertx = vertx();
        Signals.onTermination(() -> stop(vertx, ExitCode.OK));
        vertx.getOrCreateContext()
                .runOnContext(v -> start(vertx, fromFiles).onFailure(error -> {
                    if (!stopping) {
                        LOG.error("the process can't start: {}", error.getMessage(), error);
                        stop(vertx, ExitCode.FAILED);
                    }
                }));
        return exit.join();
    }

    private Future<Void> start(Vertx vertx, Optional<StrategyBook> fromFiles) {
        ManagementVerticle management =
                new ManagementVerticle(config.http().host(), config.http().port(), health, meters);
        Retry retry = new Retry(vertx, () -> stopping, lifecycle::initializationFailed);
        Future<String> deployed = vertx.deployVerticle(management);
        Future<MessageBroker> connected = connectBroker(vertx, retry);
        Future<ChartStore> opened = openStore(vertx, retry);
        Future<SiteStreams> streams = connected.compose(
                up -> retry.untilDone("streams", DefenderProcess::isFinal, () -> SiteStreams.open(up, config.nats())));
        Future<ActiveStrategies> strategies = opened.compose(up -> fromFiles
                .map(book -> Future.succeededFuture(ActiveStrategies.fixed(vertx, up, book)))
                .orElseGet(() -> storedStrategies(vertx, retry, up)));
        return Future.all(deployed, opened, streams, strategies)
                .map(all -> new Site(connected.result(), opened.result(), streams.result(), strategies.result()))
                .compose(site -> process(vertx, retry, site).compose(done -> api(vertx, site)))
                .onSuccess(apiPort -> LOG.atInfo()
                        .addKeyValue("port", management.port())
                        .addKeyValue("apiPort", apiPort.map(String::valueOf).orElse("none"))
                        .addKeyValue("millisFromStart", millisFromStart())
                        .log("READY"))
                .mapEmpty();
    }

    private Future<Optional<Integer>> api(Vertx vertx, Site site) {
        vertx.eventBus().<ProcessingStats>localConsumer(ProcessingStats.ADDRESS, beat -> pulse.beat("pipeline"));
        ClusterOperations operations = cluster == null
                ? ClusterOperations.none()
                : new LeaderOperations(
                        site.broker(),
                        ClusterSetup.names(config.cluster()),
                        config.nats().replicas());
        return new ApiWiring(vertx, config.api())
                .start(new ApiWiring.Process(
                        site.store(),
                        site.strategies(),
                        site.streams(),
                        operations,
                        health,
                        this::status,
                        () -> processing == null ? ProcessingStats.NONE : processing.stats()));
    }

    private NodeStatus status() {
        String pod = config.pod().name().orElse("");
        Cluster joined = cluster;
        if (joined == null) {
            return NodeStatus.standalone(pod, stopping ? "stopping" : health.isReady() ? "processing" : "not ready");
        }
        MemberView view = joined.view();
        return new NodeStatus(
                view.id().map(StableId::toString).orElse(""),
                pod,
                view.state().name().toLowerCase(Locale.ROOT),
                joined.leads(),
                view.version(),
                OptionalInt.of(view.owned()),
                joined.ownership()::owns);
    }

    private Future<MessageBroker> connectBroker(Vertx vertx, Retry retry) {
        return retry.untilDone("broker", DefenderProcess::isFinal, () -> Connections.broker(vertx, config))
                .onSuccess(connected -> broker = connected);
    }

    private Future<ChartStore> openStore(Vertx vertx, Retry retry) {
        return retry.untilDone("chart store", DefenderProcess::isFinal, () -> Connections.store(vertx, config))
                .onSuccess(opened -> {
                    store = opened;
                    storeUp = true;
                    vertx.setPeriodic(
                            STORE_CHECK_MILLIS, id -> opened.ping().onComplete(answer -> storeUp = answer.succeeded()));
                });
    }

    private Future<ActiveStrategies> storedStrategies(Vertx vertx, Retry retry, ChartStore store) {
        Duration every = config.api().strategiesEvery();
        return retry.untilDone(
                        "strategies",
                        DefenderProcess::isFinal,
                        () -> ActiveStrategies.follow(vertx, store, StrategyFiles.byDefault(), every))
                .onSuccess(read -> {
                    if (read.isFallback()) {
                        LOG.warn("no strategy is configured or in force: the one of the program judges all runs");
                    }
                });
    }

    /** What a process works with. */
    private record Site(MessageBroker broker, ChartStore store, SiteStreams streams, ActiveStrategies strategies) {}

    private Future<Void> process(Vertx vertx, Retry retry, Site site) {
        return config.cluster().mode() == ClusterConfig.Mode.OFF
                ? process(vertx, site, wholeStream(site.streams()), Ownership.everything())
                        .mapEmpty()
                : processAsMember(vertx, retry, site);
    }

    /** Processing comes first, since the cluster's protocol starts its consumers; until the process has joined it owns nothing. */
    private Future<Void> processAsMember(Vertx vertx, Retry retry, Site site) {
        ClusterSetup setup = new ClusterSetup(config);
        LateOwnership ownership = new LateOwnership();
        SiteStreams streams = site.streams();
        Slices slices = new Slices(
                streams.notifications(),
                streams.subjects(),
                config.processing().ackWait(),
                config.processing().maxConcurrent());
        return process(vertx, site, slices, ownership)
                .compose(started -> retry.untilDone(
                                "cluster's buckets", DefenderProcess::isFinal, () -> setup.open(vertx, site.broker()))
                        .compose(opened -> setup.join(
                                vertx, site.broker(), streams, opened, site.store(), slices, started, meters)))
                .compose(joined -> {
                    cluster = joined;
                    ownership.join(joined.ownership());
                    return untilReady(vertx);
                });
    }

    private Future<Void> untilReady(Vertx vertx) {
        Promise<Void> ready = Promise.promise();
        vertx.setPeriodic(READY_CHECK_MILLIS, timer -> {
            if (stopping) {
                vertx.cancelTimer(timer);
                ready.fail("the process ends");
            } else if (health.isReady()) {
                vertx.cancelTimer(timer);
                ready.complete();
            }
        });
        return ready.future();
    }

    private Future<Processing> process(Vertx vertx, Site site, NotificationFeed feed, Ownership ownership) {
        return Processing.start(vertx, parts(site, feed, ownership)).onSuccess(started -> processing = started);
    }

    private NotificationFeed wholeStream(SiteStreams streams) {
        String incarnation = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX)
                + '-'
                + Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX);
        return new WholeStream(
                        streams.notifications(),
                        streams.subjects().everyCompleted(),
                        incarnation,
                        config.processing().ackWait(),
                        config.processing().maxConcurrent())
                .feed();
    }

    private ProcessingParts parts(Site site, NotificationFeed feed, Ownership ownership) {
        MessageBroker connected = site.broker();
        return new ProcessingParts(
                settings(config.processing())
                        .withWeightInterval(config.cluster().weightUpdateInterval()),
                new MeteredChartStore(site.store(), meters),
                new CacheOptions(config.processing().cacheSize().bytes(), 128, 128),
                feed,
                site.streams().subjects(),
                site.streams().alarms(),
                site.streams().deadLetters(),
                () -> connected.status() == MessageBroker.BrokerStatus.CONNECTED
                        ? Future.succeededFuture()
                        : Future.failedFuture(
                                new BrokerException(BrokerException.Reason.UNAVAILABLE, "the broker is not connected")),
                site.strategies()::book,
                ownership,
                meters,
                Clock.systemUTC(),
                tracing.tracing());
    }

    static ProcessingSettings settings(ProcessingConfig config) {
        return new ProcessingSettings(
                config.maxConcurrent(),
                config.tChartMemory().bytes(),
                config.calculationThreads(Runtime.getRuntime().availableProcessors()),
                config.ackWait(),
                config.timeout(),
                config.retryDelays(),
                TraceLimits.DEFAULT,
                Duration.ZERO);
    }

    private Health health() {
        Map<String, Supplier<Boolean>> checks = new LinkedHashMap<>();
        checks.put("broker", () -> {
            MessageBroker connected = broker;
            return connected != null && connected.status() == MessageBroker.BrokerStatus.CONNECTED;
        });
        checks.put("store", () -> storeUp);
        checks.put("processing", () -> {
            Processing started = processing;
            return started != null && started.isReady() && !stopping;
        });
        if (config.cluster().mode() != ClusterConfig.Mode.OFF) {
            checks.put("id", () -> {
                Cluster joined = cluster;
                return joined != null && joined.hasPlace();
            });
        }
        Map<String, Supplier<Boolean>> told = new LinkedHashMap<>();
        if (config.cluster().mode() == ClusterConfig.Mode.ON) {
            told.put("assignments", () -> {
                Cluster joined = cluster;
                return joined != null && joined.hasAssignments();
            });
        }
        return new Health(checks, told, pulse);
    }

    /** Called at most once by a signal and once by a failed start; the first decides the exit code. */
    private void stop(Vertx vertx, int code) {
        stopping = true;
        pulse.ends("pipeline");
        Processing working = processing;
        lifecycle.ends(working == null ? 0 : working.stats().inFlight());
        Duration drain = config.processing().drainTimeout();
        LOG.atInfo().addKeyValue("budgetMillis", drain.toMillis()).log("ending");
        Thread closer = new Thread(() -> exit.complete(end(vertx, drain, code)), "shutdown");
        closer.start();
    }

    private int end(Vertx vertx, Duration drain, int code) {
        EndSteps steps = new EndSteps(lifecycle);
        Cluster joined = cluster;
        Duration leaving = drain.plus(CLOSING);
        steps.await("cluster", leaving.plus(CLOSING), joined == null ? null : joined.leave(leaving, lifecycle::ended));
        Processing started = processing;
        // What a member has not finished by now is no longer its own.
        Duration rest = joined == null ? drain : Duration.ZERO;
        steps.step("processing", drain.plus(CLOSING), started == null ? null : started.stop(rest));
        ChartStore opened = store;
        steps.step("store", CLOSING, opened == null ? null : opened.close());
        MessageBroker connected = broker;
        steps.step("broker", CLOSING, connected == null ? null : connected.close());
        steps.await("Vert.x", CLOSING, vertx.close());
        steps.await("tracing", CLOSING, tracing.close());
        LOG.atInfo()
                .addKeyValue("exitCode", code)
                .addKeyValue("stepMillis", lifecycle.millis())
                .log("ended");
        return code;
    }

    private Vertx vertx() {
        VertxOptions options = new VertxOptions()
                .setEventLoopPoolSize(2)
                .setWorkerPoolSize(4)
                .setInternalBlockingPoolSize(4)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false))
                .setMetricsOptions(
                        new MicrometerMetricsOptions().setEnabled(true).setJvmMetricsEnabled(true));
        return tracing.on(Vertx.builder().with(options).withMetrics(new MicrometerMetricsFactory(meters)))
                .build();
    }

    /** Whether trying again is of no use. */
    private static boolean isFinal(Throwable error) {
        if (error instanceof StoreException store) {
            return !store.retryable();
        }
        return error instanceof BrokerException broker
                && (broker.reason() == BrokerException.Reason.REFUSED
                        || broker.reason() == BrokerException.Reason.TOO_LARGE);
    }

    private static long millisFromStart() {
        return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    }
}
