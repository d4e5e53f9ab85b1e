package io.tfdc.messaging;

import java.time.Duration;
import java.util.List;

/**
 * A stream's configuration.
 *
 * @param name stream name, {@code A-Z a-z 0-9 _ -}
 * @param subjects what it stores, at least one
 * @param retention when messages leave it besides by age
 * @param maxAge oldest message kept, zero for no limit
 * @param maxMessageBytes largest message, -1 for the broker's limit
 * @param duplicateWindow how long message ids are remembered
 * @param replicas 1 to 5
 * @param maxConsumers upper bound of consumers, -1 for none; newer servers put 1,000 where nothing is said
 */
public record StreamConfig(
        String name,
        List<String> subjects,
        Retention retention,
        Duration maxAge,
        int maxMessageBytes,
        Duration duplicateWindow,
        int replicas,
        int maxConsumers) {

    /** When a stored message goes. */
    public enum Retention {
        /** On acknowledgement; consumers' filters must not overlap. */
        WORK_QUEUE,
        /** By age only. */
        LIMITS
    }

    public StreamConfig {
        subjects = List.copyOf(subjects);
        if (name.isEmpty() || subjects.isEmpty() || replicas < 1 || replicas > 5) {
            throw new IllegalArgumentException(
                    "stream \"" + name + "\": subjects " + subjects + ", replicas " + replicas);
        }
    }
}
