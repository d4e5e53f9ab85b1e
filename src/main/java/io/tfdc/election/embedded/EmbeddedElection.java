package io.tfdc.election.embedded;

import io.tfdc.election.ElectionService;
import io.tfdc.election.lease.LeaseAnswer;
import io.tfdc.election.lease.LeaseAnswer.Verdict;
import io.tfdc.election.lease.LeaseCommand;
import io.tfdc.election.lease.LeaseCommand.Campaign;
import io.tfdc.election.lease.LeaseCommand.Extend;
import io.tfdc.election.lease.LeaseCommand.Resign;
import io.tfdc.election.lease.LeaseKey;
import io.tfdc.election.lease.LeaseTable;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.LongSupplier;

/** One election, decided within this process. All candidates of the process share the instance. Safe for use from several threads. */
public final class EmbeddedElection implements ElectionService {
    private static final LeaseKey KEY = new LeaseKey("", "embedded");

    private final LeaseTable table = new LeaseTable();
    private final LongSupplier millis;

    private EmbeddedElection(LongSupplier millis) {
        this.millis = millis;
    }

    /** An election on the machine's monotonic clock. */
    public static EmbeddedElection create() {
        return create(() -> System.nanoTime() / 1_000_000);
    }

    /** An election on a given clock, monotonic milliseconds. */
    public static EmbeddedElection create(LongSupplier millis) {
        return new EmbeddedElection(millis);
    }

    @Override
    public Future<CampaignResult> campaign(String candidate, Duration term) {
        LeaseAnswer answer = apply(new Campaign(KEY, candidate, term.toMillis()));
        boolean elected = answer.verdict() == Verdict.GRANTED;
        return Future.succeededFuture(new CampaignResult(elected, answer.leader(), answer.token()));
    }

    @Override
    public Future<Boolean> extend(String candidate, Duration term) {
        LeaseAnswer answer = apply(new Extend(KEY, candidate, term.toMillis()));
        return Future.succeededFuture(answer.verdict() == Verdict.GRANTED);
    }

    @Override
    public Future<Void> resign(String candidate) {
        apply(new Resign(KEY, candidate));
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }

    private synchronized LeaseAnswer apply(LeaseCommand command) {
        return table.apply(command, millis.getAsLong());
    }
}
