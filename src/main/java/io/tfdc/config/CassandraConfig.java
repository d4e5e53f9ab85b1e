package io.tfdc.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The connection to Cassandra and how data is kept there. */
@Section("The Cassandra cluster, used where `store.kind` is `cassandra`.")
public record CassandraConfig(
        @Setting(value = "Contact points, `host` or `host:port`.", byDefault = "localhost", env = "CASSANDRA_HOSTS")
        List<String> hosts,

        @Setting(value = "Port of hosts given without one.", byDefault = "9042", min = "1", max = "65535")
        int port,

        @Setting(value = "The data centre to talk to.", byDefault = "datacenter1")
        String datacenter,

        @Setting(value = "Keyspace.", byDefault = "defense_system", env = "CASSANDRA_KEYSPACE")
        String keyspace,

        @Setting(value = "Copies per data centre when the keyspace is created.", byDefault = "3", min = "1", max = "7")
        int replication,

        @Setting(
                value =
                        "Consistency of writes, and of reading T-charts and, when a chamber is taken over, its newest U-charts.",
                byDefault = "local_quorum",
                env = "CASSANDRA_CONSISTENCY")
        Consistency consistency,

        @Setting(value = "Consistency of reading older U-charts, events and lists.", byDefault = "local_one")
        Consistency historyConsistency,

        @Setting("User name, with `password`.") Optional<String> user,
        @Setting("Password of `user`.") Optional<Secret> password,

        @Setting(value = "Time for connecting to one node.", byDefault = "5s", min = "100ms", max = "1m")
        Duration connectTimeout,

        @Setting(value = "Time for one request.", byDefault = "2s", min = "10ms", max = "1m")
        Duration requestTimeout,

        @Setting(
                value = "How long T-charts are kept. Both times go into the tables when they are created.",
                byDefault = "3d",
                min = "1h",
                max = "3650d")
        Duration keepTCharts,

        @Setting(
                value =
                        "How long U-charts, defense events, notes on alarms and the audit log are kept; limits, chamber events and strategies are kept for ever.",
                byDefault = "365d",
                min = "1h",
                max = "3650d")
        Duration keepUCharts,

        TlsConfig tls) {

    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9_.-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");
    private static final Pattern KEYSPACE = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,47}");

    /** How many replicas must answer. */
    public enum Consistency {
        ONE,
        TWO,
        THREE,
        QUORUM,
        ALL,
        LOCAL_ONE,
        LOCAL_QUORUM,
        EACH_QUORUM
    }

    public CassandraConfig {
        hosts = List.copyOf(hosts);
        new Checks(
                        CassandraConfig.class,
                        hosts,
                        port,
                        datacenter,
                        keyspace,
                        replication,
                        consistency,
                        historyConsistency,
                        user,
                        password,
                        connectTimeout,
                        requestTimeout,
                        keepTCharts,
                        keepUCharts,
                        tls)
                .require(!hosts.isEmpty(), "hosts", "at least one host")
                .each("hosts", hosts, host -> HOST.matcher(host).matches(), "host or host:port")
                .require(!datacenter.isBlank(), "datacenter", "a name")
                .require(
                        KEYSPACE.matcher(keyspace).matches(),
                        "keyspace",
                        "a letter and then up to 47 letters, digits and _")
                .require(
                        historyConsistency != Consistency.EACH_QUORUM,
                        "historyConsistency",
                        "another level, each_quorum is for writes")
                .require(user.isPresent() == password.isPresent(), "password", "user and password together or neither")
                .require(
                        keepUCharts.compareTo(keepTCharts) >= 0,
                        "keepUCharts",
                        "at least keepTCharts (" + ValueType.format(keepTCharts) + ")")
                .done();
    }

    /** The hosts, each with its port, {@code host:port} or {@code [address]:port}. */
    public List<String> contactPoints() {
        return hosts.stream()
                .map(host -> host.matches(".*[^:]:[0-9]+") && !host.endsWith("]") ? host : host + ':' + port)
                .toList();
    }
}
