package io.tfdc.storage.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.ssl.ProgrammaticSslEngineFactory;
import com.datastax.oss.driver.internal.core.specex.ConstantSpeculativeExecutionPolicy;
import io.tfdc.storage.StoreException;
import io.vertx.cassandra.CassandraClient;
import io.vertx.cassandra.CassandraClientOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Opens the one session of a process, connected before anybody uses it. */
final class CassandraSession {
    /** Names of the driver's execution profiles. */
    static final String WRITE = "write";

    static final String POINT_READ = "point-read";
    static final String POINT_READ_FALLBACK = "point-read-fallback";
    static final String HISTORY = "history";
    static final String SCHEMA = "schema";

    private static final boolean VERIFY_HOST_NAMES = true;
    private static final Duration SCHEMA_TIMEOUT = Duration.ofSeconds(30);

    private CassandraSession() {}

    /** Connects; fails with a {@link StoreException} if no node can be reached. */
    static Future<CassandraClient> connect(Vertx vertx, CassandraOptions options) {
        // Touching the driver's classes takes seconds on a cold start, and names are resolved.
        return vertx.executeBlocking(
                        () -> CassandraClient.create(vertx, new CassandraClientOptions(builder(options))), false)
                .compose(client -> client.execute("SELECT release_version FROM system.local")
                        .map(client)
                        .recover(e -> client.close().transform(closed -> Future.failedFuture(e))))
                .recover(e -> Future.failedFuture(
                        CassandraFailure.of("connect to Cassandra at " + String.join(", ", options.hosts()), e)));
    }

    private static CqlSessionBuilder builder(CassandraOptions options) throws UnknownHostException {
        DriverConfigLoader config = DriverConfigLoader.programmaticBuilder()
                .withString(DefaultDriverOption.SESSION_NAME, "defender")
                .withString(DefaultDriverOption.LOAD_BALANCING_LOCAL_DATACENTER, options.datacenter())
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, options.requestTimeout())
                .withDuration(DefaultDriverOption.CONNECTION_CONNECT_TIMEOUT, options.connectTimeout())
                .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, options.connectTimeout())
                .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, options.connectTimeout())
                .withDuration(DefaultDriverOption.CONTROL_CONNECTION_AGREEMENT_TIMEOUT, SCHEMA_TIMEOUT)
                .withDuration(DefaultDriverOption.HEARTBEAT_INTERVAL, Duration.ofSeconds(10))
                .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(500))
                .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(10))
                .withInt(DefaultDriverOption.NETTY_IO_SIZE, 2)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SIZE, 1)
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 100)
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_TIMEOUT, 5000)
                .withString(DefaultDriverOption.NETTY_IO_SHUTDOWN_UNIT, "MILLISECONDS")
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 200)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_TIMEOUT, 5000)
                .withString(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_UNIT, "MILLISECONDS")
                .withInt(DefaultDriverOption.REQUEST_PAGE_SIZE, 500)
                .withString(DefaultDriverOption.REQUEST_CONSISTENCY, options.tChartConsistency())
                .withString(DefaultDriverOption.REQUEST_SERIAL_CONSISTENCY, "LOCAL_SERIAL")
                .startProfile(WRITE)
                .withString(DefaultDriverOption.REQUEST_CONSISTENCY, options.writeConsistency())
                .startProfile(POINT_READ)
                .withString(DefaultDriverOption.REQUEST_CONSISTENCY, options.tChartConsistency())
                .startProfile(POINT_READ_FALLBACK)
                .withString(DefaultDriverOption.REQUEST_CONSISTENCY, "LOCAL_ONE")
                .startProfile(HISTORY)
                .withString(DefaultDriverOption.REQUEST_CONSISTENCY, options.historyConsistency())
                .withClass(
                        DefaultDriverOption.SPECULATIVE_EXECUTION_POLICY_CLASS,
                        ConstantSpeculativeExecutionPolicy.class)
                .withInt(DefaultDriverOption.SPECULATIVE_EXECUTION_MAX, 2)
                .withDuration(DefaultDriverOption.SPECULATIVE_EXECUTION_DELAY, options.speculateAfter())
                .startProfile(SCHEMA)
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, SCHEMA_TIMEOUT)
                .withString(DefaultDriverOption.REQUEST_CONSISTENCY, options.tChartConsistency())
                .endProfile()
                .build();
        CqlSessionBuilder builder =
                CqlSession.builder().withConfigLoader(config).addContactPoints(addresses(options.hosts()));
        options.credentials()
                .ifPresent(credentials -> builder.withAuthCredentials(credentials.user(), credentials.password()));
        options.tls()
                .ifPresent(tls ->
                        builder.withSslEngineFactory(new ProgrammaticSslEngineFactory(tls, null, VERIFY_HOST_NAMES)));
        return builder;
    }

    private static List<InetSocketAddress> addresses(List<String> hosts) throws UnknownHostException {
        List<InetSocketAddress> addresses = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String host : hosts) {
            int colon = host.lastIndexOf(':');
            int port = Integer.parseInt(host.substring(colon + 1));
            try {
                for (InetAddress address : InetAddress.getAllByName(host.substring(0, colon))) {
                    addresses.add(new InetSocketAddress(address, port));
                }
            } catch (UnknownHostException e) {
                unknown.add(host);
            }
        }
        if (addresses.isEmpty()) {
            throw new UnknownHostException("none of these names is known: " + String.join(", ", unknown));
        }
        return addresses;
    }
}
