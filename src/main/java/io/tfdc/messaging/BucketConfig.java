package io.tfdc.messaging;

import java.time.Duration;

/**
 * A key-value bucket's configuration.
 *
 * @param name bucket name
 * @param ttl entries older than this vanish (without a watch event), zero for never
 * @param history revisions kept per key, 1 to 64
 * @param maxValueBytes largest value, -1 for the broker's limit
 * @param replicas 1 to 5
 */
public record BucketConfig(String name, Duration ttl, int history, int maxValueBytes, int replicas) {
    public BucketConfig {
        if (name.isEmpty() || history < 1 || history > 64 || replicas < 1 || replicas > 5) {
            throw new IllegalArgumentException(
                    "bucket \"" + name + "\": history " + history + " (1..64), replicas " + replicas + " (1..5)");
        }
    }
}
