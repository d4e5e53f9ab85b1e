package io.tfdc.messaging;

import static io.tfdc.messaging.BrokerContract.bytes;
import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.tfdc.messaging.BrokerException.Reason;
import io.tfdc.messaging.MessageBroker.BrokerStatus;
import io.tfdc.messaging.StreamConfig.Retention;
import io.tfdc.messaging.nats.NatsBroker;
import io.tfdc.messaging.nats.NatsOptions;
import io.tfdc.testing.NatsAccounts;
import io.tfdc.testing.NatsDistribution;
import io.tfdc.testing.NatsServer;
import io.tfdc.testing.ServerCertificate;
import io.tfdc.testing.VertxTestKit;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A server with TLS and a password, and clients that may and may not connect. */
@Tag("integration")
class NatsSecurityTest {
    private static final String PASSWORD = "s3cret-of-defender";
    private static final String WRONG = "wr0ng-of-defender";
    private static ServerCertificate ours;
    private static ServerCertificate elsewhere;

    private final Lines lines = new Lines();
    private final Logger log = (Logger) LoggerFactory.getLogger(NatsBroker.class);
    private VertxTestKit kit;

    @BeforeAll
    static void makeCertificates() throws Exception {
        ours = ServerCertificate.of("dns:localhost,ip:127.0.0.1");
        elsewhere = ServerCertificate.of("dns:elsewhere.example,ip:127.0.0.2");
    }

    @BeforeEach
    void open() {
        kit = new VertxTestKit();
        lines.start();
        log.addAppender(lines);
        log.setLevel(Level.ALL);
        log.setAdditive(false);
    }

    @AfterEach
    void close() {
        log.detachAppender(lines);
        log.setLevel(null);
        log.setAdditive(true);
        kit.close();
    }

    @Test
    void theRightPasswordAndAuthorityConnectByNameAndAddressAndAgainAfterARestart() {
        try (NatsServer server = secured(ours)) {
            for (String host : List.of("localhost", "127.0.0.1")) {
                NatsOptions options = options(server, host, PASSWORD, ours.trusting());
                MessageBroker broker = await(NatsBroker.connect(kit.vertx(), options));
                publish(broker, "before-" + host);
                server.kill();
                eventually("noticed", () -> broker.status() == BrokerStatus.DISCONNECTED);
                server.restart();
                eventually("back", () -> broker.status() == BrokerStatus.CONNECTED);
                publish(broker, "after-" + host);
                await(broker.close());
                assertHidesSecrets(options.toString());
            }
        }
        assertFalse(lines.texts.isEmpty(), "nothing logged");
        assertHidesSecrets(lines.texts.toString());
    }

    @Test
    void aWrongPasswordIsRefused() {
        try (NatsServer server = secured(ours)) {
            BrokerException refused = refused(options(server, "localhost", WRONG, ours.trusting()));
            assertEquals(Reason.REFUSED, refused.reason(), refused.getMessage());
            assertSays("uthori", refused);
        }
    }

    @Test
    void aServerOfAnotherAuthorityIsRefused() {
        try (NatsServer server = secured(ours)) {
            BrokerException refused = refused(options(server, "localhost", PASSWORD, elsewhere.trusting()));
            assertSays("TLS: PKIX path", refused);
        }
    }

    @Test
    void aCertificateOfAnotherHostIsRefused() {
        try (NatsServer server = secured(elsewhere)) {
            for (String host : List.of("localhost", "127.0.0.1")) {
                BrokerException refused = refused(options(server, host, PASSWORD, elsewhere.trusting()));
                assertSays("TLS: No subject alternative", refused);
            }
        }
    }

    @Test
    void aServerWithoutTlsIsRefused() {
        try (NatsServer server = NatsServer.start()) {
            refused(options(server, "localhost", PASSWORD, ours.trusting()));
        }
    }

    @Test
    void aTokenConnectsAndAnotherIsRefused() {
        try (NatsServer server = NatsServer.start(NatsDistribution.obtain().with(Map.of(), "--auth=" + PASSWORD))) {
            MessageBroker broker = await(NatsBroker.connect(kit.vertx(), withToken(server, PASSWORD)));
            publish(broker, "token");
            await(broker.close());
            assertEquals(Reason.REFUSED, refused(withToken(server, WRONG)).reason());
            assertHidesSecrets(withToken(server, PASSWORD).toString());
        }
    }

    @Test
    void aCredentialsFileConnectsAndThatOfAnotherOperatorIsRefused(@TempDir Path folder) throws Exception {
        NatsAccounts site = NatsAccounts.create();
        NatsAccounts foreign = NatsAccounts.create();
        try (NatsServer server = NatsServer.start(
                NatsDistribution.obtain().with(Map.of("server.conf", site.configuration()), "-c", "server.conf"))) {
            Path ours = Files.writeString(folder.resolve("ours.creds"), site.credentials());
            Path theirs = Files.writeString(folder.resolve("theirs.creds"), foreign.credentials());
            MessageBroker broker = await(NatsBroker.connect(kit.vertx(), withCredentials(server, ours)));
            publish(broker, "credentials");
            await(broker.close());
            assertEquals(
                    Reason.REFUSED, refused(withCredentials(server, theirs)).reason());
            assertFalse(lines.texts.toString().contains(site.seed()), "the seed is in the log");
        }
    }

    private static NatsOptions withToken(NatsServer server, String token) {
        return plain(server, token, null);
    }

    private static NatsOptions withCredentials(NatsServer server, Path file) {
        return plain(server, null, file);
    }

    private static NatsOptions plain(NatsServer server, @Nullable String token, @Nullable Path credentials) {
        NatsOptions usual = NatsOptions.of("security", server.url());
        return new NatsOptions(
                usual.servers(),
                usual.name(),
                null,
                null,
                token,
                credentials,
                null,
                usual.operationTimeout(),
                usual.connectTimeout(),
                usual.reconnectWait());
    }

    private static NatsServer secured(ServerCertificate certificate) {
        return NatsServer.start(NatsDistribution.obtain()
                .with(
                        Map.of("cert.pem", certificate.certificate(), "key.pem", certificate.key()),
                        "--tls",
                        "--tlscert=cert.pem",
                        "--tlskey=key.pem",
                        "--user=defender",
                        "--pass=" + PASSWORD));
    }

    private static NatsOptions options(NatsServer server, String host, String password, SSLContext tls) {
        return NatsOptions.of("security", "tls://" + host + ':' + server.port())
                .withUser("defender", password)
                .withTls(tls);
    }

    private static void publish(MessageBroker broker, String id) {
        MessageStream stream = await(broker.stream(new StreamConfig(
                "q", List.of("q.>"), Retention.WORK_QUEUE, Duration.ofDays(1), -1, Duration.ofMinutes(2), 1, 64)));
        long before = await(stream.size());
        await(stream.publish("q.a", bytes("x"), id, Map.of()));
        assertEquals(before + 1, await(stream.size()));
    }

    private BrokerException refused(NatsOptions options) {
        BrokerException refused =
                assertThrows(BrokerException.class, () -> await(NatsBroker.connect(kit.vertx(), options)));
        StringWriter trace = new StringWriter();
        refused.printStackTrace(new PrintWriter(trace));
        assertHidesSecrets(trace.toString());
        assertHidesSecrets(lines.texts.toString());
        return refused;
    }

    private static void assertSays(String expected, BrokerException refused) {
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains(expected), message);
    }

    private static void assertHidesSecrets(String text) {
        assertFalse(text.contains(PASSWORD) || text.contains(WRONG), text);
    }

    private static final class Lines extends AppenderBase<ILoggingEvent> {
        private final List<String> texts = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            texts.add(event.getFormattedMessage());
        }
    }
}
