package io.tfdc.messaging.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.tfdc.messaging.BrokerException;
import io.tfdc.messaging.BrokerException.Reason;
import io.tfdc.messaging.StreamConfig;
import java.io.IOException;
import java.util.HashSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a stream to its configuration: creates it, changes it where it differs, or leaves it. Blocks. */
final class StreamSetup {
    private static final Logger LOG = LoggerFactory.getLogger(StreamSetup.class);

    private StreamSetup() {}

    static void apply(JetStreamManagement management, StreamConfig config) throws IOException, JetStreamApiException {
        try {
            align(management, management.getStreamInfo(config.name()).getConfiguration(), config);
        } catch (JetStreamApiException e) {
            if (NatsErrors.reason(e) != Reason.NOT_FOUND) {
                throw e;
            }
            create(management, config);
        }
    }

    private static void create(JetStreamManagement management, StreamConfig config)
            throws IOException, JetStreamApiException {
        try {
            management.addStream(wanted(StreamConfiguration.builder(), config));
        } catch (JetStreamApiException e) {
            // Another process was first, with a configuration of its own.
            if (e.getApiErrorCode() != NatsErrors.STREAM_NAME_EXISTS) {
                throw e;
            }
            align(management, management.getStreamInfo(config.name()).getConfiguration(), config);
        }
    }

    private static void align(JetStreamManagement management, StreamConfiguration present, StreamConfig config)
            throws IOException, JetStreamApiException {
        if (present.getRetentionPolicy() != retention(config)) {
            throw new BrokerException(
                    Reason.REFUSED,
                    "stream " + config.name() + ": exists with retention " + present.getRetentionPolicy()
                            + ", which can't be changed to " + retention(config));
        }
        if (isAsWanted(present, config)) {
            return;
        }
        try {
            management.updateStream(wanted(StreamConfiguration.builder(present), config));
        } catch (JetStreamApiException e) {
            if (NatsErrors.reason(e) != Reason.REFUSED) {
                throw e;
            }
            LOG.warn("stream {} stays as it is, the server refused the change: {}", config.name(), e.getMessage());
        }
    }

    private static boolean isAsWanted(StreamConfiguration present, StreamConfig config) {
        return new HashSet<>(present.getSubjects()).equals(new HashSet<>(config.subjects()))
                && present.getMaxAge().equals(config.maxAge())
                && present.getMaximumMessageSize() == config.maxMessageBytes()
                && present.getDuplicateWindow().equals(config.duplicateWindow())
                && present.getReplicas() == config.replicas()
                && present.getMaxConsumers() == config.maxConsumers();
    }

    private static StreamConfiguration wanted(StreamConfiguration.Builder from, StreamConfig config) {
        return from.name(config.name())
                .subjects(config.subjects())
                .storageType(StorageType.File)
                .retentionPolicy(retention(config))
                .discardPolicy(DiscardPolicy.Old)
                .maxAge(config.maxAge())
                .maximumMessageSize(config.maxMessageBytes())
                .duplicateWindow(config.duplicateWindow())
                .replicas(config.replicas())
                .maxConsumers(config.maxConsumers())
                .build();
    }

    private static RetentionPolicy retention(StreamConfig config) {
        return config.retention() == StreamConfig.Retention.WORK_QUEUE
                ? RetentionPolicy.WorkQueue
                : RetentionPolicy.Limits;
    }
}
