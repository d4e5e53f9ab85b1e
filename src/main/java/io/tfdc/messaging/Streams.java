package io.tfdc.messaging;

import io.tfdc.messaging.StreamConfig.Retention;
import java.time.Duration;
import java.util.List;

/** The streams that every installation has. Replicas are 3 on a production cluster, 1 on a single server. */
public final class Streams {
    /** Largest message that the streams take. */
    public static final int MAX_MESSAGE_BYTES = 1 << 20;

    private static final int MAX_CONSUMERS = 4096;
    /**
     * How long alarms and dead letters are not stored twice. A run cut off just before its acknowledgement publishes them again
     * when a process comes back to it, which may take as long as an outage does.
     */
    private static final Duration RESULT_WINDOW = Duration.ofDays(1);

    private Streams() {}

    /**
     * The work queue of completion notifications. The bound of consumers is explicit and leaves 150 defenders 8 slices each three
     * times over, since newer servers put 1,000 where nothing is said.
     */
    public static StreamConfig notifications(String name, Subjects subjects, int replicas) {
        return new StreamConfig(
                name,
                List.of(subjects.stored()),
                Retention.WORK_QUEUE,
                Duration.ofDays(7),
                MAX_MESSAGE_BYTES,
                Duration.ofMinutes(2),
                replicas,
                MAX_CONSUMERS);
    }

    /** {@code dc-notifications} with the default subjects. */
    public static StreamConfig notifications(int replicas) {
        return notifications("dc-notifications", new Subjects(Subjects.DEFAULT_TEMPLATE), replicas);
    }

    /** Notifications given up, kept for 30 days under {@code dlq.>}. */
    public static StreamConfig deadLetters(String name, int replicas) {
        return limits(name, "dlq.>", replicas);
    }

    /** {@code dc-dlq}. */
    public static StreamConfig deadLetters(int replicas) {
        return deadLetters("dc-dlq", replicas);
    }

    /** {@code fdc-alarms}: alarms, kept for 30 days under {@code fdc.alarm.>}. */
    public static StreamConfig alarms(int replicas) {
        return limits("fdc-alarms", "fdc.alarm.>", replicas);
    }

    /** What a cluster's leaders decided, kept for 30 days. */
    public static StreamConfig decisions(String name, String subject, int replicas) {
        return limits(name, subject, replicas);
    }

    /** In which states a cluster's processes were, for the last two hours and what was told before them. */
    public static StreamConfig transitions(String name, String subject, int replicas) {
        return new StreamConfig(
                name,
                List.of(subject),
                Retention.LIMITS,
                Duration.ofMinutes(150),
                MAX_MESSAGE_BYTES,
                Duration.ofMinutes(2),
                replicas,
                256);
    }

    private static StreamConfig limits(String name, String subjects, int replicas) {
        return new StreamConfig(
                name,
                List.of(subjects),
                Retention.LIMITS,
                Duration.ofDays(30),
                MAX_MESSAGE_BYTES,
                RESULT_WINDOW,
                replicas,
                256);
    }
}
