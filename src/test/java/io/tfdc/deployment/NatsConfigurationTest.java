package io.tfdc.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.ServerInfo;
import io.tfdc.testing.NatsDistribution;
import io.tfdc.testing.NatsServer;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A real server starts with the configuration that the chart renders. */
final class NatsConfigurationTest {
    @Test
    @Tag("integration")
    void aServerStartsWithIt() throws Exception {
        String local = local(configuration(Variant.DEV));
        try (NatsServer server = NatsServer.start(
                        NatsDistribution.obtain().with(Map.of("nats.conf", local), "-c", "nats.conf"));
                Connection connection = Nats.connect(server.url())) {
            ServerInfo info = connection.getServerInfo();

            assertEquals("local", info.getServerName());
            assertEquals(1 << 20, info.getMaxPayload());
            assertTrue(info.isJetStreamAvailable());
        }
    }

    @Test
    @Tag("integration")
    void twoUsersAreAcceptedWhilePasswordsAreRotated() throws Exception {
        String local = local(configuration(Variant.ROTATION))
                .replace("$NATS_USER", "b")
                .replace("$NATS_PASSWORD", "new")
                .replace("$NATS_SECOND_USER", "a")
                .replace("$NATS_SECOND_PASSWORD", "old");
        try (NatsServer server =
                NatsServer.start(NatsDistribution.obtain().with(Map.of("nats.conf", local), "-c", "nats.conf"))) {
            connect(server, "a", "old").close();
            connect(server, "b", "new").close();
            assertThrows(AuthenticationException.class, () -> connect(server, "b", "old"));
        }
    }

    private static Connection connect(NatsServer server, String user, String password) throws Exception {
        Options options = new Options.Builder()
                .server(server.url())
                .userInfo(user, password)
                .errorListener(new ErrorListener() {})
                .build();
        return Nats.connect(options);
    }

    /** Without what only a pod has: its name, its volumes, fixed ports. */
    private static String local(String rendered) {
        return rendered.replace("$POD_NAME", "local")
                .replace("store_dir: \"/data\"", "")
                .replace("\"/run/nats/nats.pid\"", "\"nats.pid\"")
                .replaceAll("(?m)^(port: 4222|http: 8222)$", "");
    }

    @Test
    void serversFormACluster() {
        String configuration = configuration(Variant.PROD);
        int replicas = Variant.PROD
                .render()
                .named(StatefulSet.class, "fab-defender-nats")
                .getSpec()
                .getReplicas();

        assertEquals(3, replicas);
        for (int i = 0; i < replicas; i++) {
            assertTrue(configuration.contains("nats://fab-defender-nats-" + i + ".fab-defender-nats-headless:6222"));
        }
        assertTrue(configuration.contains("verify: true"), "clients need a certificate in production");
        assertTrue(configuration.contains("password: $NATS_PASSWORD"), "the password is a reference");
    }

    @Test
    void limitsAreThoseOfTheRequirements() {
        String production = configuration(Variant.PROD);
        String colour = configuration(Variant.BLUE);

        for (String line : new String[] {
            "max_connections: 1000",
            "max_payload: 1MB",
            "max_pending: 100MB",
            "write_deadline: \"10s\"",
            "max_memory_store: 2GB",
            "max_file_store: 40GB",
            "lame_duck_duration: \"30s\"",
        }) {
            assertTrue(production.contains(line), line);
        }
        for (String line : new String[] {"max_connections: 10000", "max_file_store: 80GB", "domain: \"blue\""}) {
            assertTrue(colour.contains(line), line);
        }
    }

    private static String configuration(Variant variant) {
        return variant.render()
                .named(ConfigMap.class, "fab-defender-nats")
                .getData()
                .get("nats.conf");
    }
}
