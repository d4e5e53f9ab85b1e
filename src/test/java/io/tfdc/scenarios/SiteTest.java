package io.tfdc.scenarios;

import io.tfdc.scenarios.ScenarioSite.Servers;
import io.tfdc.testing.CassandraServer;
import io.tfdc.testing.NatsServer;
import io.tfdc.testing.SampleStrategy;
import io.tfdc.testing.VertxTestKit;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of a defender process: a nats-server of their own and the machine's Cassandra node. */
abstract class SiteTest {
    @TempDir
    Path folder;

    VertxTestKit kit;
    NatsServer nats;
    ScenarioSite site;

    @BeforeEach
    final void open() {
        kit = new VertxTestKit();
        nats = NatsServer.start();
        site = new ScenarioSite(kit.vertx(), folder, Servers.of(nats, CassandraServer.shared()), SampleStrategy.YAML);
    }

    @AfterEach
    final void close() {
        site.close();
        kit.close();
        nats.close();
    }
}
