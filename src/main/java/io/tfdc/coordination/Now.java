package io.tfdc.coordination;

import java.time.Instant;

/**
 * A moment. Decisions use the monotonic clock alone; the wall clock is for people.
 *
 * @param nanos monotonic nanoseconds from an arbitrary origin
 * @param wall time of day
 */
public record Now(long nanos, Instant wall) {}
