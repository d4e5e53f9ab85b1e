package io.tfdc.election.lease;

/**
 * A leader's term.
 *
 * @param leader who leads, or led last
 * @param end time at which the term ends, milliseconds of the table's time
 * @param token fencing token
 * @param successor who leads next, empty if nobody was named
 * @param successorTerm the successor's term, milliseconds
 */
record Lease(String leader, long end, long token, String successor, long successorTerm) {
    static Lease of(String leader, long end, long token) {
        return new Lease(leader, end, token, "", 0);
    }

    boolean hasSuccessor() {
        return !successor.isEmpty();
    }

    boolean ended(long now) {
        return now >= end;
    }

    Lease succeededBy(String name, long term) {
        return new Lease(leader, end, token, name, term);
    }

    /** The same leader until a later time. */
    Lease until(long newEnd) {
        return of(leader, newEnd, token);
    }
}
