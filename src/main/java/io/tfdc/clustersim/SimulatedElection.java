package io.tfdc.clustersim;

/** The election service: a lease by its own clock. */
final class SimulatedElection {
    private final VirtualTime time;
    private String leader = "";
    private long until;
    private long token;

    /** @param token of the present leadership, 0 if the candidate did not win */
    record Result(boolean won, String leader, long token) {}

    SimulatedElection(VirtualTime time) {
        this.time = time;
    }

    Result campaign(String candidate, long term) {
        if (isHeld() && !leader.equals(candidate)) {
            return new Result(false, leader, 0);
        }
        if (!leader.equals(candidate) || !isHeld()) {
            token++;
        }
        leader = candidate;
        until = time.now() + term;
        return new Result(true, leader, token);
    }

    boolean extend(String candidate, long term) {
        boolean held = isHeld() && leader.equals(candidate);
        if (held) {
            until = time.now() + term;
        }
        return held;
    }

    boolean resign(String candidate) {
        if (leader.equals(candidate)) {
            leader = "";
            until = 0;
        }
        return true;
    }

    private boolean isHeld() {
        return !leader.isEmpty() && time.now() < until;
    }

    /** Who leads now, empty if nobody does. */
    String leader() {
        return isHeld() ? leader : "";
    }
}
