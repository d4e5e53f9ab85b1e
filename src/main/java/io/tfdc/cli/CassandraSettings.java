package io.tfdc.cli;

import io.tfdc.config.CassandraConfig;
import io.tfdc.config.CassandraConfig.Consistency;
import io.tfdc.storage.Retention;
import io.tfdc.storage.cassandra.CassandraOptions;
import java.time.Duration;
import java.util.Optional;

/** The Cassandra section of the configuration as the adapter wants it. */
final class CassandraSettings {
    private static final Duration SPECULATE_AFTER = Duration.ofMillis(100);
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int HISTORY_SCAN_ROWS = 20_000;

    private CassandraSettings() {}

    static CassandraOptions of(CassandraConfig config) {
        Optional<CassandraOptions.Credentials> credentials = config.user()
                .flatMap(user ->
                        config.password().map(password -> new CassandraOptions.Credentials(user, password.reveal())));
        // Reads can't ask every data centre.
        Consistency reads =
                config.consistency() == Consistency.EACH_QUORUM ? Consistency.LOCAL_QUORUM : config.consistency();
        return new CassandraOptions(
                config.contactPoints(),
                config.datacenter(),
                config.keyspace(),
                config.replication(),
                credentials,
                TlsContext.of("cassandra.tls", config.tls()),
                config.consistency().name(),
                reads.name(),
                config.historyConsistency().name(),
                config.connectTimeout(),
                config.requestTimeout(),
                SPECULATE_AFTER,
                new Retention(config.keepTCharts(), config.keepUCharts()),
                CHUNK_BYTES,
                HISTORY_SCAN_ROWS);
    }
}
