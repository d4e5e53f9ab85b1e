package io.tfdc.scenarios;

import static io.tfdc.testing.VertxTestKit.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tfdc.election.grpc.AgentElection;
import io.tfdc.messaging.MessageStream.ConsumerInfo;
import io.tfdc.messaging.Subjects;
import io.tfdc.model.ChamberId;
import io.tfdc.scenarios.FaultActs.Freeze;
import io.tfdc.scenarios.FaultActs.Loss;
import io.tfdc.scenarios.FaultActs.Succession;
import io.tfdc.scenarios.ScenarioSite.Servers;
import io.tfdc.testing.CassandraServer;
import io.tfdc.testing.NatsServer;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults of members, repeated: real processes on one nats-server and one Cassandra node. */
@Tag("integration")
@Tag("scenario-full")
class FaultScenariosTest {
    private static final int MEMBERS = 6;
    private static final int CHAMBERS = 30;
    private static final Duration PACE = Duration.ofMillis(Integer.getInteger("defender.scenario.pace", 100));
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final long seed = Long.getLong("defender.scenario.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @TempDir
    private Path folder;

    private NatsServer nats;
    private ClusterScenario scenario;
    private FaultActs faults;
    private ChangeActs changes;
    private Deployment deployment;

    @BeforeEach
    void open() {
        System.out.println("defender.scenario.seed=" + seed);
        nats = NatsServer.start();
        scenario = new ClusterScenario(
                folder, Servers.of(nats, CassandraServer.shared()), FabWeights.equal(CHAMBERS), PACE);
        faults = new FaultActs(scenario, random);
        changes = new ChangeActs(scenario);
    }

    @AfterEach
    void close() {
        scenario.close();
        nats.close();
    }

    private void start() {
        deployment = scenario.proxiedDeployment("d", nats.port(), "cluster.expectedSize=" + MEMBERS);
        scenario.feed.start();
        changes.coldStart(deployment, MEMBERS);
    }

    @Test
    void killed() throws Exception {
        killed("SIGKILL", 1, repetitions(20));
    }

    @Test
    void threeKilledAtOnce() throws Exception {
        killed("3 killed at once", 3, repetitions(5));
    }

    private void killed(String name, int victims, int repetitions) throws Exception {
        scenario.play(() -> {
            start();
            List<Loss> losses = new ArrayList<>();
            List<Integer> rejoins = new ArrayList<>();
            for (int i = 0; i < repetitions; i++) {
                losses.add(faults.kill(deployment, faults.anyFollowers(deployment, victims)));
                rejoins.add(changes.resize(deployment, MEMBERS).moved());
            }
            scenario.settle();
            write(name, losses)
                    .put(
                            "movedByRejoinMax",
                            rejoins.stream().mapToInt(Integer::intValue).max().orElse(0))
                    .write();
        });
    }

    @Test
    void containerRestarted() throws Exception {
        scenario.play(() -> {
            start();
            deployment.restartContainers(Duration.ZERO);
            MapVersion before = scenario.watch.map();
            List<Duration> pauses = new ArrayList<>();
            for (int i = 0; i < repetitions(10); i++) {
                Pod pod = faults.anyFollower(deployment);
                Instant at = Instant.now();
                pod.kill();
                Await.until("started again", LIMIT, () -> pod.startedAt().isAfter(at));
                deployment.awaitComplete(LIMIT);
                scenario.awaitSteady(MEMBERS, LIMIT);
                pauses.addAll(scenario.ledger.pauses(at, Instant.now()).sorted());
            }
            scenario.settle();
            scenario.measurement("container killed and started again", "processes")
                    .put("pause", Distribution.of(pauses))
                    .put("versions", scenario.watch.map().version() - before.version())
                    .write();
        });
    }

    @Test
    void frozen() throws Exception {
        scenario.play(() -> {
            start();
            List<Loss> losses = new ArrayList<>();
            long late = 0;
            long answers = 0;
            for (int i = 0; i < repetitions(3); i++) {
                Duration length = Duration.ofSeconds(10 + random.nextInt(31));
                Freeze freeze = faults.freeze(deployment, faults.anyFollower(deployment), length);
                losses.add(freeze.loss());
                late += freeze.lateEffects();
                answers += freeze.lateAnswers();
            }
            scenario.settle();
            write("SIGSTOP, SIGCONT after 10 to 40 s", losses)
                    .put("lateEffects", late)
                    .put("lateAnswers", answers)
                    .write();
            assertEquals(0, late, "effects of a zombie");
        });
    }

    @Test
    void leaderKilled() throws Exception {
        scenario.play(() -> {
            start();
            List<Loss> losses = new ArrayList<>();
            List<Duration> elected = new ArrayList<>();
            List<Duration> published = new ArrayList<>();
            for (int i = 0; i < repetitions(10); i++) {
                ClusterWatch.Leader old = scenario.watch.leader();
                Instant at = Instant.now();
                losses.add(faults.kill(deployment, List.of(scenario.watch.leadingPod(deployment.active()))));
                Succession succession = faults.succession(old, at);
                elected.add(succession.elected());
                published.add(succession.published());
                changes.resize(deployment, MEMBERS);
            }
            scenario.settle();
            write("leader killed", losses)
                    .put("elected", Distribution.of(elected))
                    .put("newLeadersMap", Distribution.of(published))
                    .write();
        });
    }

    /** With Election Agents: its term is ended there, or its pod is told to end. */
    @Test
    void leaderResigns() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (AgentReplicas agents = new AgentReplicas(folder.resolve("agents"), 3)) {
            agents.awaitReady();
            AgentElection client = agents.client(vertx);
            scenario.play(() -> {
                deployment = scenario.deployment("d", agents.settings("cluster.expectedSize=" + MEMBERS));
                scenario.feed.start();
                changes.coldStart(deployment, MEMBERS);
                List<Succession> told = new ArrayList<>();
                List<Succession> terminated = new ArrayList<>();
                for (int i = 0; i < repetitions(20); i++) {
                    told.add(faults.resign(client));
                }
                for (int i = 0; i < repetitions(10); i++) {
                    terminated.add(faults.terminateLeader(deployment));
                }
                scenario.settle();
                Succession.all(told, scenario.measurement("leader resigns", "processes"))
                        .put("members", MEMBERS)
                        .write();
                Succession.all(terminated, scenario.measurement("leader's pod told to end", "processes"))
                        .put("members", MEMBERS)
                        .write();
            });
            await(client.close());
        } finally {
            await(vertx.close());
        }
    }

    /** The leader is killed at a random moment while it moves chambers to newcomers. */
    @Test
    void leaderKilledWhileItMovesChambers() throws Exception {
        scenario.play(() -> {
            start();
            for (int i = 0; i < repetitions(10); i++) {
                Pod leader = scenario.watch.leadingPod(deployment.active());
                long version = scenario.watch.map().version();
                changes.intend(MEMBERS + 2);
                deployment.scale(MEMBERS + 2).awaitComplete(LIMIT);
                boolean early = random.nextBoolean();
                Await.within(
                        Duration.ofMillis(early ? random.nextInt(4_000) : 15_000),
                        () -> scenario.watch.map().version() > version);
                Await.pass(Duration.ofMillis(early ? 0 : random.nextInt(300)));
                deployment.loseNode(leader);
                scenario.awaitSteady(MEMBERS + 1, LIMIT);
                changes.resize(deployment, MEMBERS);
            }
            scenario.settle();
            scenario.measurement("leader killed while it moves chambers", "processes")
                    .put("repetitions", repetitions(10))
                    .write();
        });
    }

    @Test
    void cutOffFromTheBroker() throws Exception {
        scenario.play(() -> {
            start();
            List<Loss> losses = new ArrayList<>();
            for (int i = 0; i < repetitions(3); i++) {
                Pod pod = faults.anyFollower(deployment);
                Duration length = Duration.ofSeconds(10 + random.nextInt(31));
                Instant at = Instant.now();
                scenario.timeline.add(pod.process(), "cut off");
                losses.add(faults.lose(
                        MEMBERS - 1, List.of(pod), () -> pod.broker().hold(true)));
                Await.pass(Duration.between(Instant.now(), at.plus(length)));
                scenario.timeline.add(pod.process(), "connected again");
                pod.broker().hold(false);
                scenario.awaitSteady(MEMBERS, LIMIT);
            }
            scenario.settle();
            write("cut off from the broker for 10 to 40 s", losses).write();
        });
    }

    @Test
    void consumerDeletedFromOutside() throws Exception {
        scenario.play(() -> {
            start();
            MapVersion before = scenario.watch.map();
            List<Duration> pauses = new ArrayList<>();
            Subjects subjects = new Subjects(Subjects.DEFAULT_TEMPLATE);
            for (int i = 0; i < repetitions(100); i++) {
                List<ConsumerInfo> consumers = await(scenario.site.notifications.consumers());
                ConsumerInfo victim = consumers.get(random.nextInt(consumers.size()));
                Instant at = Instant.now();
                await(scenario.site.notifications.deleteConsumer(victim.name()));
                scenario.awaitAllServedAfter(Instant.now(), LIMIT);
                Instant end = Instant.now();
                for (String filter : victim.filters()) {
                    ChamberId chamber = subjects.chamber(filter).orElseThrow();
                    pauses.add(scenario.ledger.longestPause(chamber, at, end));
                }
            }
            scenario.settle();
            scenario.measurement("consumer deleted from outside", "processes")
                    .put("pause", Distribution.of(pauses))
                    .put("moved", scenario.watch.map().movedSince(before))
                    .write();
        });
    }

    private static int repetitions(int usual) {
        return Math.max(1, usual * Integer.getInteger("defender.scenario.effort", 100) / 100);
    }

    private Measurement write(String name, List<Loss> losses) {
        List<Duration> recovered = new ArrayList<>();
        losses.forEach(loss -> recovered.addAll(loss.recovered().sorted()));
        return scenario.measurement(name, "processes")
                .put("members", MEMBERS)
                .put("repetitions", losses.size())
                .put(
                        "detected",
                        Distribution.of(losses.stream().map(Loss::detected).toList()))
                .put("recovered", Distribution.of(recovered))
                .put(
                        "lastRecovered",
                        Distribution.of(losses.stream()
                                .map(loss -> loss.recovered().max())
                                .toList()))
                .put(
                        "movedBeyondOrphansMax",
                        losses.stream().mapToInt(Loss::movedBeyond).max().orElse(0))
                .put(
                        "versionsMax",
                        losses.stream().mapToLong(Loss::versions).max().orElse(0));
    }
}
