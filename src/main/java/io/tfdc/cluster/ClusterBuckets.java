package io.tfdc.cluster;

import io.tfdc.coordination.ClusterSettings;
import io.tfdc.messaging.KeyValueBucket;
import io.tfdc.messaging.MessageBroker;
import io.vertx.core.Future;

/**
 * The buckets of a cluster, created where they are missing.
 *
 * @param assignments map, leader record, releases, operators' wishes
 * @param heartbeats heartbeats of members and standbys
 * @param claims claims of ids
 */
public record ClusterBuckets(KeyValueBucket assignments, KeyValueBucket heartbeats, KeyValueBucket claims) {
    public static Future<ClusterBuckets> open(
            MessageBroker broker, ClusterNames names, ClusterSettings settings, int replicas) {
        Future<KeyValueBucket> assignments = broker.bucket(names.assignmentsBucket(replicas));
        Future<KeyValueBucket> heartbeats = broker.bucket(names.heartbeatsBucket(settings, replicas));
        Future<KeyValueBucket> claims = broker.bucket(names.claimsBucket(settings, replicas));
        return Future.all(assignments, heartbeats, claims)
                .map(all -> new ClusterBuckets(assignments.result(), heartbeats.result(), claims.result()));
    }
}
