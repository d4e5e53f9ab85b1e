package io.tfdc.scenarios;

import static io.tfdc.testing.VertxTestKit.await;

import io.tfdc.messaging.MessageStream.ConsumerInfo;
import io.tfdc.scenarios.Deployment.Strategy;
import io.tfdc.scenarios.ScenarioSite.Servers;
import io.tfdc.testing.CassandraServer;
import io.tfdc.testing.NatsServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A random hour of a fab with thirty members, compressed into minutes: kills, freezes, changes of size and updates follow each other without
 * waiting for the cluster to come to rest. In the end nothing was lost and nothing had its effect twice.
 */
@Tag("integration")
@Tag("scenario-full")
class RandomHourTest {
    private static final int MEMBERS = Integer.getInteger("defender.scenario.members", 30);
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("defender.scenario.seconds", 480));
    private static final int CHAMBERS = Integer.getInteger("defender.scenario.chambers", 600);
    private static final int NOTIFICATIONS_PER_SECOND = 60;
    private static final Duration PACE = Duration.ofMillis(CHAMBERS * 1_000L / NOTIFICATIONS_PER_SECOND);
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private enum Event {
        KILL,
        KILL_THREE,
        KILL_LEADER,
        RESTART_CONTAINER,
        FREEZE,
        SCALE,
        UPDATE,
        DELETE_POD,
        DELETE_CONSUMER
    }

    private final long seed = Long.getLong("defender.scenario.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final Map<Event, Integer> happened = new EnumMap<>(Event.class);
    private int killed;

    @TempDir
    private Path folder;

    private ClusterScenario scenario;
    private Deployment deployment;
    private ScheduledExecutorService later;

    @Test
    void nothingIsLostOrDoubled() throws Exception {
        System.out.println("defender.scenario.seed=" + seed);
        later = Executors.newSingleThreadScheduledExecutor();
        try (NatsServer nats = NatsServer.start();
                AgentReplicas agents = new AgentReplicas(folder.resolve("agents"), 3);
                ClusterScenario opened = new ClusterScenario(
                        folder, Servers.of(nats, CassandraServer.shared()), FabWeights.mixed(CHAMBERS), PACE)) {
            scenario = opened;
            agents.awaitReady();
            deployment = scenario.deployment("fab", agents.settings("cluster.expectedSize=" + MEMBERS));
            scenario.play(this::hour);
        } finally {
            later.shutdownNow();
        }
    }

    private void hour() {
        for (int started = 5; started < MEMBERS; started += 5) {
            deployment.scale(started).awaitComplete(LIMIT);
        }
        deployment.scale(MEMBERS).awaitComplete(LIMIT);
        scenario.feed.start();
        scenario.awaitSteady(MEMBERS, LIMIT);
        Instant begun = Instant.now();
        while (Instant.now().isBefore(begun.plus(LENGTH))) {
            Event event = Event.values()[random.nextInt(Event.values().length)];
            happened.merge(event, 1, Integer::sum);
            scenario.timeline.add("hour", event.toString());
            happen(event);
            Await.pass(Duration.ofMillis(1_000 + random.nextInt(9_000)));
        }
        Instant over = Instant.now();
        deployment.scale(MEMBERS).awaitComplete(LIMIT);
        MapVersion last = scenario.awaitSteady(MEMBERS, LIMIT);
        scenario.settle();
        scenario.measurement("random hour of " + MEMBERS, "processes")
                .put("seed", Long.toString(seed))
                .put(
                        "events",
                        happened.values().stream().mapToInt(Integer::intValue).sum())
                .put("kinds", happened.toString())
                .put("killed", killed)
                .put("handOvers", scenario.watch.handOversAfter(begun))
                .put("versions", last.version())
                .put("epochs", last.epoch())
                .put("pause", scenario.ledger.pauses(begun, over))
                .put("latency", scenario.ledger.latencies(begun, over))
                .put("calm", Duration.between(over, Instant.now()))
                .write();
    }

    private void happen(Event event) {
        List<Pod> pods = new ArrayList<>(deployment.active());
        pods.removeIf(pod -> !pod.isAlive() || !pod.isReady());
        java.util.Collections.shuffle(pods, random);
        if (pods.size() < MEMBERS / 2) {
            deployment.scale(MEMBERS);
            return;
        }
        switch (event) {
            case KILL -> lose(pods, 1);
            case KILL_THREE -> lose(pods, 3);
            case KILL_LEADER -> loseLeader(pods);
            case RESTART_CONTAINER -> {
                deployment.restartContainers(Duration.ofMillis(random.nextInt(2_000)));
                pods.get(0).kill();
                killed++;
            }
            case FREEZE -> freeze(pods.get(0));
            case SCALE -> deployment.scale(MEMBERS - MEMBERS / 6 + random.nextInt(MEMBERS / 3 + 1));
            case UPDATE ->
                deployment.update(random.nextBoolean() ? new Strategy(MEMBERS / 3, 0) : new Strategy(0, MEMBERS / 6));
            case DELETE_POD -> deployment.delete(pods.get(0));
            case DELETE_CONSUMER -> deleteConsumer();
        }
    }

    private void lose(List<Pod> pods, int count) {
        pods.subList(0, count).forEach(deployment::loseNode);
        killed += count;
        later.schedule(() -> deployment.scale(MEMBERS), 5 + random.nextInt(10), TimeUnit.SECONDS);
    }

    private void loseLeader(List<Pod> pods) {
        try {
            lose(List.of(scenario.watch.leadingPod(pods)), 1);
        } catch (AssertionError betweenTwo) {
            lose(pods, 1);
        }
    }

    private void freeze(Pod pod) {
        pod.freeze();
        later.schedule(
                () -> {
                    if (pod.isAlive()) {
                        pod.thaw();
                    }
                },
                500 + random.nextInt(20_000),
                TimeUnit.MILLISECONDS);
    }

    private void deleteConsumer() {
        List<ConsumerInfo> consumers = await(scenario.site.notifications.consumers());
        if (!consumers.isEmpty()) {
            await(scenario.site
                    .notifications
                    .deleteConsumer(
                            consumers.get(random.nextInt(consumers.size())).name())
                    .otherwiseEmpty());
        }
    }
}
