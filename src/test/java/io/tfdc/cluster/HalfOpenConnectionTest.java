package io.tfdc.cluster;

import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.messaging.MessageBroker;
import io.tfdc.messaging.nats.NatsBroker;
import io.tfdc.messaging.nats.NatsOptions;
import io.tfdc.model.ChamberId;
import io.tfdc.model.ChamberMetadata;
import io.tfdc.processing.Ownership;
import io.tfdc.storage.Retention;
import io.tfdc.storage.sqlite.SqliteChartStore;
import io.tfdc.testing.FaultProxy;
import io.tfdc.testing.NatsServer;
import io.tfdc.testing.VertxTestKit;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server gives up a member's connection, and the member does not notice. */
@Tag("integration")
class HalfOpenConnectionTest {
    private static final List<ChamberId> CHAMBERS = IntStream.range(0, 8)
            .mapToObj(number -> new ChamberId("ETCH" + number, "A"))
            .toList();

    @TempDir
    private Path folder;

    private final ExecutionLedger ledger = new ExecutionLedger();
    private final List<TestMember> members = new ArrayList<>();
    private VertxTestKit kit;
    private NatsServer server;
    private FaultProxy proxy;
    private MessageBroker direct;
    private MessageBroker proxied;
    private SqliteChartStore store;

    @BeforeEach
    void open() {
        kit = new VertxTestKit(Duration.ofSeconds(3));
        server = NatsServer.start();
        proxy = FaultProxy.to(server.port());
        direct = await(NatsBroker.connect(kit.vertx(), NatsOptions.of("direct", server.url())));
        proxied = await(NatsBroker.connect(kit.vertx(), NatsOptions.of("proxied", "nats://127.0.0.1:" + proxy.port())));
        Retention retention = new Retention(Duration.ofDays(3), Duration.ofDays(365));
        store = await(SqliteChartStore.open(kit.vertx(), folder.resolve("charts.db"), retention, Clock.systemUTC()));
        CHAMBERS.forEach(chamber -> await(store.putChamberMetadata(
                new ChamberMetadata(chamber, 100, 1, Duration.ofSeconds(60), 1_000, Instant.EPOCH))));
    }

    @AfterEach
    void close() {
        members.forEach(TestMember::crash);
        await(proxied.close());
        await(direct.close());
        await(store.close());
        kit.close();
        proxy.close();
        server.close();
    }

    private TestMember join(String name, MessageBroker broker) {
        TestMember member = TestMember.join(kit.vertx(), broker, 1, store, name, ledger);
        members.add(member);
        return member;
    }

    /** When an ownership was answered, and how. */
    private record Answer(boolean may, long nanos) {}

    /** Asks without end for leave to store; one question at a time. */
    private void ask(Ownership ownership, ChamberId chamber, List<Answer> answers) {
        ownership.mayStore(chamber).onSuccess(may -> {
            answers.add(new Answer(may, System.nanoTime()));
            kit.vertx().setTimer(10, id -> ask(ownership, chamber, answers));
        });
    }

    private static Optional<Answer> last(List<Answer> answers, boolean may) {
        return answers.stream().filter(answer -> answer.may() == may).reduce((one, other) -> other);
    }

    @Test
    void itStoresNothingMoreWhenTheNextOwnerBegins() {
        TestMember leader = join("aaaaaa", direct);
        eventually("a leader", leader.cluster::leads);
        TestMember victim = join("bbbbbb", proxied);
        eventually(
                "both have chambers",
                () -> victim.view().active() > 0
                        && leader.view().active() + victim.view().active() == CHAMBERS.size());
        ChamberId chamber = CHAMBERS.stream()
                .filter(victim.cluster.ownership()::owns)
                .findFirst()
                .orElseThrow();
        List<Answer> ofVictim = new CopyOnWriteArrayList<>();
        List<Answer> ofLeader = new CopyOnWriteArrayList<>();
        assertTrue(await(victim.cluster.ownership().begin(chamber)));
        ask(victim.cluster.ownership(), chamber, ofVictim);
        ask(leader.cluster.ownership(), chamber, ofLeader);
        eventually("its owner may store", () -> last(ofVictim, true).isPresent());

        long severed = System.nanoTime();
        proxy.severAtServer();
        eventually("the chamber has its next owner", () -> last(ofLeader, true).isPresent());
        eventually(
                "the former owner knows",
                () -> last(ofVictim, false).filter(no -> no.nanos() > severed).isPresent());

        Answer first = ofLeader.stream().filter(Answer::may).findFirst().orElseThrow();
        Answer late = last(ofVictim, true).orElseThrow();
        assertTrue(late.nanos() < first.nanos(), "two owners at once");
    }
}
