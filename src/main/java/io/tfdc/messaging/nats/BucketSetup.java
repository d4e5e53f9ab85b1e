package io.tfdc.messaging.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValueManagement;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.StorageType;
import io.tfdc.messaging.BrokerException.Reason;
import io.tfdc.messaging.BucketConfig;
import java.io.IOException;

/** Creates a bucket unless it exists. Blocks. */
final class BucketSetup {
    private BucketSetup() {}

    static void apply(KeyValueManagement management, BucketConfig config) throws IOException, JetStreamApiException {
        try {
            management.getStatus(config.name());
        } catch (JetStreamApiException e) {
            if (NatsErrors.reason(e) != Reason.NOT_FOUND) {
                throw e;
            }
            create(management, config);
        }
    }

    private static void create(KeyValueManagement management, BucketConfig config)
            throws IOException, JetStreamApiException {
        KeyValueConfiguration wanted = KeyValueConfiguration.builder(config.name())
                .ttl(config.ttl())
                .maxHistoryPerKey(config.history())
                .maximumValueSize(config.maxValueBytes())
                .replicas(config.replicas())
                .storageType(StorageType.File)
                .build();
        try {
            management.create(wanted);
        } catch (JetStreamApiException e) {
            // Another process was first, with a configuration of its own: that one is used.
            if (e.getApiErrorCode() != NatsErrors.STREAM_NAME_EXISTS) {
                throw e;
            }
        }
    }
}
