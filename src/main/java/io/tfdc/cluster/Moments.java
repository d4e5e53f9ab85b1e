package io.tfdc.cluster;

import io.tfdc.coordination.Now;
import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * Where the time comes from.
 *
 * @param nanoClock monotonic nanoseconds
 * @param wall time of day
 */
public record Moments(LongSupplier nanoClock, Clock wall) {
    public static final Moments SYSTEM = new Moments(System::nanoTime, Clock.systemUTC());

    long nanos() {
        return nanoClock.getAsLong();
    }

    Now now() {
        return new Now(nanos(), wall.instant());
    }
}
