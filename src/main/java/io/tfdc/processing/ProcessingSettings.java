package io.tfdc.processing;

import io.tfdc.uchart.TraceLimits;
import java.time.Duration;
import java.util.List;

/**
 * How much the pipeline takes on and how patient it is.
 *
 * @param maxInFlight notifications delivered and not settled, 1 to 1,000
 * @param maxHeldBytes T-chart bytes in memory; a larger T-chart passes alone
 * @param workers threads that calculate, 1 to 256
 * @param ackWait the broker's acknowledgement timer, at least 1 s; progress is reported three times in it, at least every 10 s
 * @param processTimeout longest attempt at one run, waiting for its turn and outages not counted
 * @param retryDelays waits before the second, third, ... delivery; one try more than there are delays
 * @param limits what one run may cost
 * @param weightInterval age at which the weight of a chamber in the store is replaced by that of its runs; zero for never
 */
public record ProcessingSettings(
        int maxInFlight,
        long maxHeldBytes,
        int workers,
        Duration ackWait,
        Duration processTimeout,
        List<Duration> retryDelays,
        TraceLimits limits,
        Duration weightInterval) {
    /** Tries 1, 5 and 15 s apart. */
    public static final List<Duration> RETRY_DELAYS =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(15));

    public ProcessingSettings {
        check("maxInFlight", maxInFlight, 1, 1000);
        check("maxHeldBytes", maxHeldBytes, 1 << 20, Long.MAX_VALUE);
        check("workers", workers, 1, 256);
        check("ackWait ms", ackWait.toMillis(), 1000, 3_600_000);
        check("processTimeout ms", processTimeout.toMillis(), 1, 3_600_000);
        retryDelays = List.copyOf(retryDelays);
        check("retryDelays", retryDelays.size(), 1, 20);
        check(
                "weightInterval ms",
                weightInterval.toMillis(),
                0,
                Duration.ofDays(365).toMillis());
    }

    /** 10 messages, 256 MiB of T-charts, a worker per core, 30 s to acknowledge and to process. */
    public static ProcessingSettings defaults() {
        return new ProcessingSettings(
                10,
                256L << 20,
                Runtime.getRuntime().availableProcessors(),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                RETRY_DELAYS,
                TraceLimits.DEFAULT,
                Duration.ZERO);
    }

    /** The same with weights replaced at another age. */
    public ProcessingSettings withWeightInterval(Duration age) {
        return new ProcessingSettings(
                maxInFlight, maxHeldBytes, workers, ackWait, processTimeout, retryDelays, limits, age);
    }

    /** How often progress is reported for messages in flight. */
    Duration progressInterval() {
        Duration third = ackWait.dividedBy(3);
        return third.compareTo(Duration.ofSeconds(10)) > 0 ? Duration.ofSeconds(10) : third;
    }

    private static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": expected " + least + " to " + most + ", found " + value);
        }
    }
}
