package io.tfdc.cluster;

import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.MemberState;
import io.tfdc.coordination.StableId;
import io.tfdc.coordination.Transition;
import io.tfdc.leader.Decision;
import io.tfdc.leader.OperatorCommand;
import io.tfdc.leader.OperatorReply;
import io.tfdc.messaging.MessageBroker;
import io.tfdc.messaging.MessageStream;
import io.tfdc.messaging.Streams;
import io.tfdc.model.ChamberId;
import io.tfdc.model.ChamberMetadata;
import io.tfdc.storage.Retention;
import io.tfdc.storage.sqlite.SqliteChartStore;
import io.tfdc.testing.VertxTestKit;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several members in one JVM on one broker: they join, share, leave and crash, and every notification has its effect once. */
abstract class ClusterContract {
    private static final int CHAMBERS = 24;

    @TempDir
    private Path folder;

    private final ExecutionLedger ledger = new ExecutionLedger();
    private final List<TestMember> members = new ArrayList<>();
    private final Set<String> published = new TreeSet<>();
    private VertxTestKit kit;
    private MessageBroker broker;
    private SqliteChartStore store;
    private MessageStream notifications;

    abstract Future<MessageBroker> connect(Vertx vertx);

    /** Copies of streams and buckets. */
    int replicas() {
        return 1;
    }

    @BeforeEach
    void open() {
        kit = new VertxTestKit(Duration.ofSeconds(3));
        broker = await(connect(kit.vertx()));
        Retention retention = new Retention(Duration.ofDays(3), Duration.ofDays(365));
        store = await(SqliteChartStore.open(kit.vertx(), folder.resolve("charts.db"), retention, Clock.systemUTC()));
        notifications =
                await(broker.stream(Streams.notifications("dc-notifications", TestMember.SUBJECTS, replicas())));
        for (int i = 0; i < CHAMBERS; i++) {
            await(store.putChamberMetadata(new ChamberMetadata(
                    chamber(i), 100, 1, Duration.ofSeconds(60), 1_000 * (1 + i % 4), Instant.EPOCH)));
        }
    }

    @AfterEach
    void close() {
        members.forEach(TestMember::crash);
        await(store.close());
        await(broker.close());
        kit.close();
    }

    private static ChamberId chamber(int number) {
        return new ChamberId("ETCH" + number / 2, number % 2 == 0 ? "A" : "B");
    }

    private TestMember join(String name) {
        TestMember member = TestMember.join(kit.vertx(), broker, replicas(), store, name, ledger);
        members.add(member);
        return member;
    }

    private void crash(TestMember member) {
        members.remove(member);
        member.crash();
    }

    /** One notification for every chamber. */
    private void publish(String round) {
        for (int i = 0; i < CHAMBERS; i++) {
            String run = chamber(i) + "/" + round;
            published.add(run);
            await(notifications.publish(
                    TestMember.SUBJECTS.completed(chamber(i)), run.getBytes(StandardCharsets.UTF_8), run, Map.of()));
        }
    }

    private void awaitAllServed() {
        eventually(
                "every notification executed, missing " + missing(),
                () -> ledger.runs().containsAll(published));
        eventually("the stream is empty", () -> await(notifications.size()) == 0);
    }

    private Set<String> missing() {
        Set<String> missing = new TreeSet<>(published);
        missing.removeAll(ledger.runs());
        return missing;
    }

    private void awaitShares(TestMember... sharing) {
        eventually("every chamber in a consumer of " + sharing.length, () -> {
            int active = 0;
            for (TestMember member : sharing) {
                if (member.view().active() == 0 || member.view().draining() > 0) {
                    return false;
                }
                active += member.view().active();
            }
            return active == CHAMBERS;
        });
    }

    @Test
    void membersShareTheChambersAndALateOneGetsItsPart() {
        TestMember a = join("aaaaaa");
        TestMember b = join("bbbbbb");
        awaitShares(a, b);
        publish("one");
        awaitAllServed();
        TestMember c = join("cccccc");
        publish("two");
        awaitShares(a, b, c);
        publish("three");
        awaitAllServed();
        assertEquals(List.of(), ledger.repeated());
        assertEquals(
                Set.of(new StableId(0), new StableId(1), new StableId(2)),
                Set.of(
                        a.view().id().orElseThrow(),
                        b.view().id().orElseThrow(),
                        c.view().id().orElseThrow()));
    }

    @Test
    void whoLeavesHandsEverythingOver() {
        TestMember a = join("aaaaaa");
        TestMember b = join("bbbbbb");
        awaitShares(a, b);
        publish("one");
        TestMember leaving = a.cluster.leads() ? a : b;
        TestMember staying = leaving == a ? b : a;
        StableId left = leaving.view().id().orElseThrow();
        leaving.leave();
        members.remove(leaving);
        String pod = leaving == a ? "aaaaaa" : "bbbbbb";
        ClusterHistory history = await(ClusterHistory.open(broker, ClusterNames.DEFAULT, replicas()));
        eventually("told that it left", () -> {
            List<Transition> told = await(history.transitions()).stream()
                    .filter(one -> one.podName().equals(pod))
                    .toList();
            return !told.isEmpty()
                    && told.get(told.size() - 1).kind() == Transition.Kind.LEFT
                    && told.stream().anyMatch(one -> one.leading() && one.id().equals(Optional.of(left)));
        });
        publish("two");
        awaitShares(staying);
        awaitAllServed();
        assertEquals(List.of(), ledger.repeated());
        assertEquals(true, staying.cluster.leads());
    }

    @Test
    void theChambersOfACrashedMemberGoToTheOthers() {
        TestMember a = join("aaaaaa");
        TestMember b = join("bbbbbb");
        TestMember c = join("cccccc");
        awaitShares(a, b, c);
        List<TestMember> others = new ArrayList<>(List.of(a, b, c));
        TestMember leader = others.stream()
                .filter(member -> member.cluster.leads())
                .findFirst()
                .orElseThrow();
        others.remove(leader);
        TestMember victim = others.remove(0);
        publish("one");
        crash(victim);
        StableId lost = victim.view().id().orElseThrow();
        publish("two");
        awaitShares(leader, others.get(0));
        awaitAllServed();
        ClusterHistory history = await(ClusterHistory.open(broker, ClusterNames.DEFAULT, replicas()));
        eventually(
                "the loss is told",
                () -> await(history.transitions()).stream()
                        .anyMatch(one ->
                                one.kind() == Transition.Kind.LOST && one.id().equals(Optional.of(lost))));
        eventually(
                "the decision too",
                () -> await(history.decisions()).stream()
                        .anyMatch(one -> one.cause() == AssignmentMap.Cause.CRASH && one.moved() > 0));
    }

    @Test
    void theNextLeaderGoesOnWhereACrashedOneStopped() {
        TestMember a = join("aaaaaa");
        TestMember b = join("bbbbbb");
        TestMember c = join("cccccc");
        awaitShares(a, b, c);
        List<TestMember> others = new ArrayList<>(List.of(a, b, c));
        TestMember leader = others.stream()
                .filter(member -> member.cluster.leads())
                .findFirst()
                .orElseThrow();
        others.remove(leader);
        long epoch = others.get(0).view().epoch();
        publish("one");
        crash(leader);
        awaitShares(others.toArray(TestMember[]::new));
        publish("two");
        awaitAllServed();
        eventually(
                "a higher epoch",
                () -> others.stream().allMatch(member -> member.view().epoch() > epoch));
    }

    @Test
    void operatorsAskTheLeaderAndTheLogTellsWhy() {
        TestMember a = join("aaaaaa");
        TestMember b = join("bbbbbb");
        awaitShares(a, b);
        OperatorClient operator = new OperatorClient(broker, ClusterNames.DEFAULT, "test");
        OperatorReply.Status status = (OperatorReply.Status) await(operator.ask(new OperatorCommand.Status()));
        assertEquals(2, status.members().size());
        assertEquals(CHAMBERS, status.map().orElseThrow().owners().size());
        StableId drained = a.view().id().orElseThrow();
        OperatorReply reply = await(operator.ask(new OperatorCommand.Drain(drained)));
        assertEquals(OperatorReply.Done.class, reply.getClass(), reply.toString());
        eventually("drained", () -> a.view().owned() == 0 && b.view().active() == CHAMBERS);
        publish("one");
        awaitAllServed();
        DecisionLog log = await(DecisionLog.open(broker, ClusterNames.DEFAULT, replicas()));
        eventually("the decision is in the log", () -> newest(log).by().equals("test"));
        assertEquals(AssignmentMap.Cause.OPERATOR, newest(log).cause());
        OperatorReply refused = await(operator.ask(new OperatorCommand.Drain(new StableId(77))));
        assertEquals(OperatorReply.Refused.class, refused.getClass(), refused.toString());
    }

    private static Decision newest(DecisionLog log) {
        List<Decision> decisions = await(log.newest(100));
        return decisions.get(decisions.size() - 1);
    }

    @Test
    void aProcessTooManyWaitsOnStandbyAndTakesTheIdOfALeaver() {
        TestMember a = join("aaaaaa");
        TestMember b = join("bbbbbb");
        awaitShares(a, b);
        OperatorClient operator = new OperatorClient(broker, ClusterNames.DEFAULT, "test");
        await(operator.ask(new OperatorCommand.Target(2)));
        TestMember spare = join("cccccc");
        eventually("on standby", () -> spare.view().state() == MemberState.STANDBY);
        long version = b.view().version();
        StableId id = a.view().id().orElseThrow();
        a.leave();
        members.remove(a);
        eventually("the spare has the id", () -> spare.view().id().equals(Optional.of(id)));
        awaitShares(b, spare);
        publish("one");
        awaitAllServed();
        assertEquals(version, b.view().version());
        assertEquals(List.of(), ledger.repeated());
    }
}
