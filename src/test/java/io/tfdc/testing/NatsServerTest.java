package io.tfdc.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("integration")
class NatsServerTest {
    @ParameterizedTest
    @EnumSource
    void bothSuitesStartAnswerAndKeepTheirPortOverARestart(NatsDistribution.Suite suite) throws Exception {
        try (NatsServer server = NatsServer.start(NatsDistribution.obtain(suite));
                FaultProxy proxy = FaultProxy.to(server.port())) {
            Options options = new Options.Builder()
                    .server("nats://127.0.0.1:" + proxy.port())
                    .reconnectWait(Duration.ofMillis(50))
                    .errorListener(new io.nats.client.ErrorListener() {})
                    .build();
            try (Connection connection = Nats.connect(options)) {
                assertEquals(Connection.Status.CONNECTED, connection.getStatus());
                server.restart();
                VertxTestKit.eventually(
                        "reconnected",
                        () -> connection.getStatus() == Connection.Status.CONNECTED && isAlive(connection));
            }
        }
    }

    private static boolean isAlive(Connection connection) {
        try {
            connection.flush(Duration.ofSeconds(1));
            return true;
        } catch (Exception e) {
            return false;
        }
    }
}
