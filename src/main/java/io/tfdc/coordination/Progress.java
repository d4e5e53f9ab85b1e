package io.tfdc.coordination;

/**
 * What a member tells about its work, so that one that lives but does not work is found.
 *
 * @param processed runs acknowledged since the start
 * @param failed failed attempts since the start
 * @param inFlight runs delivered and not settled
 * @param oldestInFlightMillis age of the oldest of them, 0 if there is none
 * @param paused why nothing is started now, empty in normal operation
 */
public record Progress(long processed, long failed, int inFlight, long oldestInFlightMillis, String paused) {
    public static final Progress NONE = new Progress(0, 0, 0, 0, "");
}
