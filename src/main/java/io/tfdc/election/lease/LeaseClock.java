package io.tfdc.election.lease;

/**
 * The time of a replicated log, which runs only while one process stamps its entries. Entries carry the stamping process and its monotonic
 * clock. Between two entries of one process the time advances by what its clock says; from one process to the next it stands still. So it
 * never runs faster than real time, whatever clocks show and however long nobody stamped: a lease can last longer than its term, never
 * shorter. Not safe for use from several threads.
 */
public final class LeaseClock {
    private long time;
    private long source;
    private long sourceMillis;

    public LeaseClock() {}

    LeaseClock(long time, long source, long sourceMillis) {
        this.time = time;
        this.source = source;
        this.sourceMillis = sourceMillis;
    }

    /**
     * The stamp of an entry.
     *
     * @param source token of the process, unique among all starts of all processes
     * @param millis its monotonic clock
     */
    public record Stamp(long source, long millis) {}

    /** Takes an entry's stamp into account; yields the entry's time. */
    public long advance(Stamp stamp) {
        time = at(stamp);
        sourceMillis = stamp.source() == source ? Math.max(sourceMillis, stamp.millis()) : stamp.millis();
        source = stamp.source();
        return time;
    }

    /** The time at which an entry with this stamp would be applied. */
    public long at(Stamp stamp) {
        return stamp.source() == source ? time + Math.max(0, stamp.millis() - sourceMillis) : time;
    }

    /** Whether the time runs by the stamps of this process: not before its first entry. */
    boolean runsBy(Stamp stamp) {
        return stamp.source() == source;
    }

    long time() {
        return time;
    }

    Stamp last() {
        return new Stamp(source, sourceMillis);
    }
}
