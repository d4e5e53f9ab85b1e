package io.tfdc.scenarios;

import static io.tfdc.testing.VertxTestKit.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.cluster.ClusterBuckets;
import io.tfdc.cluster.ClusterNames;
import io.tfdc.coordination.ClusterSettings;
import io.tfdc.coordination.StableId;
import io.tfdc.messaging.MessageStream.ConsumerInfo;
import io.tfdc.messaging.Subjects;
import io.tfdc.model.ChamberId;
import io.tfdc.model.ChamberMetadata;
import io.tfdc.model.UChart;
import io.tfdc.scenarios.ScenarioSite.Servers;
import io.tfdc.testing.FaultProxy;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The stage of a scenario: a site with a data collector that probes every chamber all the time, a ledger, and whoever watches the cluster from
 * outside. In the end {@link #settle} proves that nothing was lost and nothing had its effect twice.
 */
final class ClusterScenario implements AutoCloseable {
    private static final Duration TAIL = Duration.ofSeconds(90);
    private static final int MAX_PRINTED = 400;
    private static final int PAGE = 1_000;
    private static final Subjects SUBJECTS = new Subjects(Subjects.DEFAULT_TEMPLATE);
    private static final String MAIN = "io.tfdc.Main";
    /** The least that a member has to do with. */
    private static final String HEAP = "64m";

    final Timeline timeline = new Timeline();
    final Ledger ledger;
    final ScenarioSite site;
    final ProbeFeed feed;
    final ClusterWatch watch;
    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setEventLoopPoolSize(2)
            .setMaxEventLoopExecuteTime(Duration.ofSeconds(10).toNanos()));
    private final List<Deployment> deployments = new ArrayList<>();
    private final List<FaultProxy> proxies = new CopyOnWriteArrayList<>();
    private final Servers servers;
    private final long started = System.currentTimeMillis();
    private boolean passed;

    /** A part of a scenario that may fail. */
    interface Play {
        void run() throws Exception;
    }

    /**
     * @param folder for the strategy file
     * @param chambers chambers with their weights
     * @param interval between two notifications of a chamber
     */
    ClusterScenario(Path folder, Servers servers, Map<ChamberId, Long> chambers, Duration interval) {
        this.servers = servers;
        this.ledger = new Ledger(chambers.keySet());
        this.site = new ScenarioSite(vertx, folder, servers, ProbeRuns.STRATEGY);
        ChildImage.shared().trainOnce(this::liveOnce);
        chambers.forEach((chamber, weight) -> await(site.store.putChamberMetadata(
                new ChamberMetadata(chamber, 100, 1, Duration.ofSeconds(1_200), weight, Instant.now()))));
        this.feed = new ProbeFeed(vertx, site.store, site.notifications, ledger, interval);
        ClusterBuckets buckets = await(ClusterBuckets.open(
                site.broker, ClusterNames.DEFAULT, ClusterSettings.DEFAULT, servers.natsReplicas()));
        this.watch = new ClusterWatch(site.broker, buckets.assignments(), buckets.claims(), timeline);
    }

    private void liveOnce(List<String> jvm) {
        DefenderChild.Launch launch =
                new DefenderChild.Launch("", MAIN, arguments(servers.nats(), List.of()), Map.of(), line -> {});
        try (DefenderChild child = DefenderChild.start(jvm, launch)) {
            child.awaitReady().terminate();
            child.awaitExit();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private List<String> arguments(List<String> brokers, List<String> settings) {
        List<String> arguments = new ArrayList<>(List.of("run"));
        arguments.addAll(site.settings(brokers));
        arguments.addAll(List.of("--set", "logging.level=debug"));
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        return arguments;
    }

    /** A Deployment of {@code run} processes, without pods at first. */
    Deployment deployment(String name, String... settings) {
        return deploy(name, (pod, revision) -> pod(pod, revision, null, List.of(settings)));
    }

    /** A Deployment whose pods have a proxy each between them and the only broker. */
    Deployment proxiedDeployment(String name, int brokerPort, String... settings) {
        return deploy(name, (pod, revision) -> {
            FaultProxy proxy = FaultProxy.to(brokerPort);
            proxies.add(proxy);
            return pod(pod, revision, proxy, List.of(settings));
        });
    }

    private Deployment deploy(String name, Deployment.PodFactory pods) {
        Deployment deployment = new Deployment(name, pods, timeline);
        deployments.add(deployment);
        return deployment;
    }

    private Pod pod(String name, int revision, @Nullable FaultProxy proxy, List<String> settings) {
        List<String> brokers = proxy == null ? servers.nats() : List.of("nats://127.0.0.1:" + proxy.port());
        List<String> arguments = arguments(brokers, settings);
        return new Pod(
                name,
                revision,
                self -> new DefenderChild.Launch(HEAP, MAIN, arguments, self.environment(), line -> {}),
                proxy,
                ledger,
                timeline);
    }

    /** Plays a scenario; what happened is written to a file, and the end of it printed when it fails. */
    void play(Play play) throws Exception {
        try {
            play.run();
            passed = true;
        } finally {
            Path file =
                    Path.of(System.getProperty("project.build.directory", "target"), "timeline-" + started + ".txt");
            Files.writeString(file, timeline.toString());
            if (!passed) {
                System.out.println("what happened is in " + file + ", the end of it:\n" + timeline.end(MAX_PRINTED));
            }
        }
    }

    /** Waits until so many members have all chambers, each in a consumer of its owner, and every one has been served since. */
    MapVersion awaitSteady(int members, Duration limit) {
        watch.awaitMap(
                "chambers on " + members + " members",
                limit,
                present -> present.members().size() == members
                        && present.owners().keySet().equals(ledger.chambers()));
        Await.until("every chamber in a consumer of its owner", limit, this::consumersFollowMap);
        awaitAllServedAfter(Instant.now(), limit);
        return watch.map();
    }

    private boolean consumersFollowMap() {
        Map<String, String> holders = new HashMap<>();
        for (ConsumerInfo consumer : await(site.notifications.consumers())) {
            String id = StableId.ownerOf(consumer.name())
                    .map(owner -> owner.id().toString())
                    .orElse(consumer.name());
            consumer.filters().forEach(filter -> holders.put(filter, id));
        }
        Map<String, String> owners = new HashMap<>();
        watch.map().owners().forEach((chamber, id) -> owners.put(SUBJECTS.completed(chamber), id));
        return holders.equals(owners);
    }

    /** Waits until every chamber has been served after a time. */
    void awaitAllServedAfter(Instant time, Duration limit) {
        Await.until("every chamber served", limit, () -> ledger.allExecutedAfter(time));
    }

    /**
     * Ends the feed, waits for the tail and checks: no notification is left, every run has its U-chart, every alarm that is due was
     * published once, nothing was given up.
     */
    void settle() {
        timeline.add("scenario", "settle");
        await(feed.stop());
        Await.until("the stream is empty: " + site.waiting() + " left", TAIL, () -> site.waiting() == 0);
        for (ChamberId chamber : ledger.chambers()) {
            Set<String> lost = new TreeSet<>(expectedRuns(chamber));
            lost.removeAll(storedRuns(chamber));
            assertEquals(Set.of(), lost, "runs of " + chamber + " without a U-chart");
        }
        ledger.late().forEach(late -> timeline.add(late.execution().at(), "ledger", late.toString()));
        checkAlarms();
        assertEquals(0, await(site.letters.size()), "dead letters");
    }

    private Set<String> expectedRuns(ChamberId chamber) {
        Set<String> expected = new TreeSet<>();
        for (int number = 0; number < ledger.published(chamber); number++) {
            expected.add(ProbeRuns.id(chamber, number).context());
        }
        return expected;
    }

    private Set<String> storedRuns(ChamberId chamber) {
        Set<String> stored = new TreeSet<>();
        for (int from = 0; from < ledger.published(chamber); from += PAGE) {
            List<UChart> page = await(site.store.uCharts(
                    chamber, ProbeRuns.end(chamber, from), ProbeRuns.end(chamber, from + PAGE), PAGE));
            page.forEach(chart -> stored.add(chart.id().context()));
            assertEquals(
                    page.size(),
                    page.stream().map(UChart::id).distinct().count(),
                    "a U-chart of " + chamber + " twice");
        }
        return stored;
    }

    private void checkAlarms() {
        Set<String> expected = new TreeSet<>();
        for (ChamberId chamber : ledger.chambers()) {
            for (int number = 0; number < ledger.published(chamber); number++) {
                if (ProbeRuns.raisesAlarm(number)) {
                    expected.add(ProbeRuns.id(chamber, number) + ":probe.high");
                }
            }
        }
        Set<String> ids = new HashSet<>();
        for (JsonObject alarm : site.publishedAlarms()) {
            String id = alarm.getString("id");
            assertTrue(ids.add(id), "alarm " + id + " was published twice");
        }
        Set<String> missing = new TreeSet<>(expected);
        missing.removeAll(ids);
        assertEquals(Set.of(), missing, "alarms that are due and were not published");
        ids.removeAll(expected);
        assertEquals(Set.of(), ids, "alarms without a reason");
    }

    /** A line of measurements with what the ledger always has. */
    Measurement measurement(String name, String from) {
        return new Measurement(name, from)
                .put("chambers", ledger.chambers().size())
                .put("published", ledger.published())
                .put("lost", 0)
                .put("doubled", 0)
                .put("repeatedExecutions", ledger.repeated())
                .put("inversions", ledger.inversions());
    }

    @Override
    public void close() {
        deployments.forEach(Deployment::close);
        proxies.forEach(FaultProxy::close);
        watch.close();
        site.close();
        await(vertx.close());
    }
}
