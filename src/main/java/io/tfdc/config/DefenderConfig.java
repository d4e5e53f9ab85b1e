package io.tfdc.config;

/** The whole configuration of a process, one record per concern. */
@Section("Defender")
public record DefenderConfig(
        NatsConfig nats,
        StoreConfig store,
        CassandraConfig cassandra,
        ProcessingConfig processing,
        ClusterConfig cluster,
        ElectionConfig election,
        ElectionAgentConfig electionAgent,
        HttpConfig http,
        ApiConfig api,
        TracingConfig tracing,
        LoggingConfig logging,
        PodConfig pod) {}
