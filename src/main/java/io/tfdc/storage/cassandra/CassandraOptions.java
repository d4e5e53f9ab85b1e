package io.tfdc.storage.cassandra;

import io.tfdc.storage.Retention;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * How the store reaches and uses a cluster. Printing it masks the password.
 *
 * @param hosts contact points, {@code host:port} or {@code [address]:port}, at least one
 * @param datacenter the data centre to talk to, as Cassandra names it
 * @param keyspace a letter and up to 47 letters, digits and {@code _}
 * @param replication copies per data centre for a keyspace created here, 1 to 7
 * @param credentials user and password, empty for a cluster without
 * @param tls what to encrypt with, empty for plain text; host names in certificates are verified
 * @param writeConsistency for writes, e.g. {@code LOCAL_QUORUM}
 * @param tChartConsistency for T-charts, single rows and a chamber's newest U-charts; {@code LOCAL_ONE}, or {@code historyConsistency} for
 *     U-charts, is tried next if it can't be had
 * @param historyConsistency for histories and lists, e.g. {@code LOCAL_ONE}
 * @param connectTimeout for opening a connection
 * @param requestTimeout for one request with its retries; a T-chart takes several
 * @param speculateAfter after which a second replica is asked for a history that hasn't come
 * @param retention how long rows live
 * @param chunkBytes largest cell of a T-chart, 1 KiB to 8 MiB, 1 MiB as a rule
 * @param historyScanRows most rows of other groups that a history request reads past, at least 1,000
 */
public record CassandraOptions(
        List<String> hosts,
        String datacenter,
        String keyspace,
        int replication,
        Optional<Credentials> credentials,
        Optional<SSLContext> tls,
        String writeConsistency,
        String tChartConsistency,
        String historyConsistency,
        Duration connectTimeout,
        Duration requestTimeout,
        Duration speculateAfter,
        Retention retention,
        int chunkBytes,
        int historyScanRows) {
    private static final Pattern KEYSPACE = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,47}");
    private static final Pattern CONSISTENCY =
            Pattern.compile("ONE|TWO|THREE|QUORUM|ALL|LOCAL_ONE|LOCAL_QUORUM|EACH_QUORUM");
    private static final Pattern HOST = Pattern.compile("(\\[.+]|[^:]+):[0-9]{1,5}");

    /** A user and its password, which is never printed. */
    public record Credentials(String user, String password) {
        @Override
        public String toString() {
            return user + ":***";
        }
    }

    public CassandraOptions {
        hosts = List.copyOf(hosts);
        require(!hosts.isEmpty(), "hosts", "at least one", hosts);
        for (String host : hosts) {
            require(HOST.matcher(host).matches(), "hosts", "host:port", host);
        }
        require(!datacenter.isBlank(), "datacenter", "a name", datacenter);
        require(
                KEYSPACE.matcher(keyspace).matches(),
                "keyspace",
                "a letter and up to 47 letters, digits and _",
                keyspace);
        require(replication >= 1 && replication <= 7, "replication", "1 to 7", replication);
        for (String level : List.of(writeConsistency, tChartConsistency, historyConsistency)) {
            require(CONSISTENCY.matcher(level).matches(), "consistency", "a level such as LOCAL_QUORUM", level);
        }
        for (Duration time : List.of(connectTimeout, requestTimeout, speculateAfter)) {
            require(!time.isNegative() && !time.isZero(), "time-out", "more than nothing", time);
        }
        require(chunkBytes >= 1 << 10 && chunkBytes <= 8 << 20, "chunkBytes", "1 KiB to 8 MiB", chunkBytes);
        require(historyScanRows >= 1000, "historyScanRows", "at least 1000", historyScanRows);
    }

    /** The values of the design documents for the given cluster. */
    public static CassandraOptions of(List<String> hosts, String datacenter, String keyspace) {
        return new CassandraOptions(
                hosts,
                datacenter,
                keyspace,
                3,
                Optional.empty(),
                Optional.empty(),
                "LOCAL_QUORUM",
                "LOCAL_QUORUM",
                "LOCAL_ONE",
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                Duration.ofMillis(100),
                Retention.DEFAULT,
                1 << 20,
                20_000);
    }

    private static void require(boolean ok, String name, String expected, Object found) {
        if (!ok) {
            throw new IllegalArgumentException("Cassandra " + name + ": expected " + expected + ", found " + found);
        }
    }
}
