package io.tfdc.election.agent;

import io.tfdc.election.lease.LeaseAnswer;
import io.tfdc.election.lease.LeaseClock.Stamp;
import io.tfdc.election.lease.LeaseCommand;
import io.tfdc.election.lease.LeaseKey;
import io.tfdc.election.lease.LeaseState;
import io.tfdc.election.raft.LeaseLog;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Leases without replicas, on a clock that tests set. */
final class TableLog implements LeaseLog {
    private final LeaseState state = new LeaseState();
    private volatile long millis;
    private volatile int failures;

    /** Moves the clock. */
    void elapse(long more) {
        millis += more;
    }

    /** Lets so many requests fail with open outcome. */
    void failNext(int count) {
        failures = count;
    }

    @Override
    public CompletionStage<LeaseAnswer> submit(LeaseCommand command) {
        return answer(() -> state.apply(command, now()));
    }

    @Override
    public CompletionStage<Optional<String>> leader(LeaseKey key) {
        return answer(() -> state.leader(key, now()));
    }

    @Override
    public CompletionStage<SortedMap<String, String>> leaders(String kind) {
        return answer(() -> state.leaders(kind, now()));
    }

    @Override
    public boolean hasLeader() {
        return failures == 0;
    }

    @Override
    public boolean leadsLog() {
        return hasLeader();
    }

    @Override
    public int silentPeers() {
        return 0;
    }

    private synchronized <T> CompletionStage<T> answer(Supplier<T> answer) {
        if (failures > 0) {
            failures--;
            return CompletableFuture.failedFuture(new TimeoutException("no leader"));
        }
        return CompletableFuture.completedFuture(answer.get());
    }

    private Stamp now() {
        return new Stamp(1, millis);
    }
}
