package io.tfdc.storage.cassandra;

import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.model.ChamberId;
import io.tfdc.model.UChart;
import io.tfdc.storage.RandomCharts;
import io.tfdc.storage.StoreException;
import io.tfdc.storage.cassandra.CassandraOptions.Credentials;
import io.tfdc.testing.CassandraServer;
import io.tfdc.testing.ServerCertificate;
import io.tfdc.testing.VertxTestKit;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A real node that speaks TLS alone and asks for a password. */
@Tag("integration")
class CassandraSecurityTest {
    private static final Credentials RIGHT = new Credentials("cassandra", "cassandra");
    private static final String WRONG = "wr0ng-of-defender";

    private static ServerCertificate ours;
    private static ServerCertificate elsewhere;
    private static CassandraServer server;

    private VertxTestKit kit;

    @BeforeAll
    static void startServer() throws Exception {
        ours = ServerCertificate.of("dns:localhost,ip:127.0.0.1");
        elsewhere = ServerCertificate.of("dns:localhost,ip:127.0.0.1");
        server = CassandraServer.secured(ours);
        awaitFirstUser();
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    /** The node makes its first user a moment after it answers. */
    private static void awaitFirstUser() {
        VertxTestKit waiting = new VertxTestKit();
        eventually("the first user", () -> {
            try {
                await(SchemaMigrator.connect(waiting.vertx(), options(Optional.of(RIGHT), ours.trusting()))
                        .compose(SchemaMigrator::close));
                return true;
            } catch (StoreException e) {
                return false;
            }
        });
        waiting.close();
    }

    @BeforeEach
    void open() {
        kit = new VertxTestKit();
    }

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void theRightPasswordAndAuthorityStoreAndReadByNameAndByAddress() {
        RandomCharts random = new RandomCharts(new Random(7));
        ChamberId chamber = new ChamberId("T", "A");
        UChart chart = random.uChart(chamber, "ctx", "g", RandomCharts.START, RandomCharts.layout(20));
        for (String host : List.of("localhost", "127.0.0.1")) {
            CassandraOptions options =
                    TestKeyspace.options(server, host, Optional.of(RIGHT), Optional.of(ours.trusting()));
            TestKeyspace.create(kit.vertx(), options);
            CassandraChartStore store = await(CassandraChartStore.connect(kit.vertx(), options));
            await(store.putUChart(chart));
            assertEquals(List.of(chart), await(store.history(chamber, "g", RandomCharts.START.plusSeconds(1), 5)));
            await(store.close());
        }
    }

    @Test
    void aWrongPasswordIsRefusedForGood() {
        StoreException refused = refused(options(Optional.of(new Credentials("cassandra", WRONG)), ours.trusting()));
        assertFalse(refused.retryable(), refused.getMessage());
    }

    @Test
    void withoutAPasswordItIsRefusedForGood() {
        StoreException refused = refused(options(Optional.empty(), ours.trusting()));
        assertFalse(refused.retryable(), refused.getMessage());
    }

    @Test
    void aServerOfAnotherAuthorityIsRefused() {
        StoreException refused = refused(options(Optional.of(RIGHT), elsewhere.trusting()));
        assertTrue(String.valueOf(refused.getMessage()).contains("PKIX"), refused.getMessage());
    }

    @Test
    void plainTextIsRefused() {
        refused(TestKeyspace.options(server, server.host(), Optional.of(RIGHT), Optional.empty()));
    }

    private static CassandraOptions options(Optional<Credentials> credentials, SSLContext tls) {
        return TestKeyspace.options(server, server.host(), credentials, Optional.of(tls));
    }

    private StoreException refused(CassandraOptions options) {
        StoreException refused =
                assertThrows(StoreException.class, () -> await(CassandraChartStore.connect(kit.vertx(), options)));
        StringWriter trace = new StringWriter();
        refused.printStackTrace(new PrintWriter(trace));
        assertFalse(trace.toString().contains(WRONG), trace.toString());
        assertFalse(options.toString().contains(WRONG), options.toString());
        return refused;
    }
}
