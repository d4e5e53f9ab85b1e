package io.tfdc.election.lease;

import io.tfdc.election.lease.LeaseAnswer.Verdict;
import io.tfdc.election.lease.LeaseCommand.Campaign;
import io.tfdc.election.lease.LeaseCommand.Extend;
import io.tfdc.election.lease.LeaseCommand.Handover;
import io.tfdc.election.lease.LeaseCommand.Resign;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The leases of all elections. The same commands at the same times give the same answers, so replicas that apply one log agree. A lease
 * that was granted to one name is granted to no other before its end, unless the leader resigned. Not safe for use from several threads.
 *
 * <p>A lease that has ended stays on record, so that its leader can take it up again under the same token while nobody else has had it.
 */
public final class LeaseTable {
    /** Elections kept at most; a bound on memory and on snapshots. */
    public static final int MAX_ELECTIONS = 10_000;

    /** Ended leases are forgotten after so long when room is needed, milliseconds. */
    static final long RETENTION = 600_000;

    private final TreeMap<LeaseKey, Lease> leases;
    private long lastToken;

    public LeaseTable() {
        this(new TreeMap<>(), 0);
    }

    LeaseTable(TreeMap<LeaseKey, Lease> leases, long lastToken) {
        this.leases = leases;
        this.lastToken = lastToken;
    }

    /**
     * Carries out a command.
     *
     * @param now milliseconds, not less than before
     */
    public LeaseAnswer apply(LeaseCommand command, long now) {
        Lease lease = succeed(command.key(), now);
        if (command instanceof Campaign campaign) {
            return campaign(campaign, lease, now);
        } else if (command instanceof Extend extend) {
            return extend(extend, lease, now);
        } else if (command instanceof Resign resign) {
            return resign(resign, lease, now);
        }
        return handOver((Handover) command, lease, now);
    }

    /** Who leads, or will lead next if the present leader was told to hand over. */
    public Optional<String> leader(LeaseKey key, long now) {
        return leader(leases.get(key), now);
    }

    /** Leaders of all elections of a kind that have one, by election. */
    public SortedMap<String, String> leaders(String kind, long now) {
        SortedMap<String, String> leaders = new TreeMap<>();
        leases.forEach((key, lease) -> {
            if (key.kind().equals(kind)) {
                leader(lease, now).ifPresent(name -> leaders.put(key.election(), name));
            }
        });
        return leaders;
    }

    /** The refusal that a campaign would meet now, empty if it might win. Changes nothing. */
    public Optional<LeaseAnswer> refusal(LeaseKey key, String candidate, long now) {
        Lease lease = leases.get(key);
        if (lease == null || lease.ended(now) || lease.leader().equals(candidate)) {
            return Optional.empty();
        }
        return Optional.of(new LeaseAnswer(Verdict.HELD_BY_OTHER, lease.leader(), 0));
    }

    SortedMap<LeaseKey, Lease> leases() {
        return leases;
    }

    long lastToken() {
        return lastToken;
    }

    private LeaseAnswer campaign(Campaign command, @Nullable Lease lease, long now) {
        boolean mine = lease != null && lease.leader().equals(command.name());
        if (lease != null && !lease.ended(now) && !(mine && !lease.hasSuccessor())) {
            return new LeaseAnswer(Verdict.HELD_BY_OTHER, mine ? lease.successor() : lease.leader(), 0);
        }
        return lease != null && mine
                ? grant(command.key(), lease.until(now + command.term()))
                : begin(command.key(), command.name(), now + command.term(), now);
    }

    private LeaseAnswer extend(Extend command, @Nullable Lease lease, long now) {
        if (lease == null) {
            return new LeaseAnswer(Verdict.NOT_HELD, "", 0);
        }
        if (!lease.leader().equals(command.name())) {
            return lease.ended(now)
                    ? new LeaseAnswer(Verdict.NOT_HELD, "", 0)
                    : new LeaseAnswer(Verdict.HELD_BY_OTHER, lease.leader(), 0);
        }
        return lease.hasSuccessor()
                ? new LeaseAnswer(Verdict.HELD_BY_OTHER, lease.successor(), 0)
                : grant(command.key(), lease.until(now + command.term()));
    }

    private LeaseAnswer resign(Resign command, @Nullable Lease lease, long now) {
        if (lease == null || lease.ended(now)) {
            return new LeaseAnswer(Verdict.GRANTED, "", 0);
        }
        if (!lease.leader().equals(command.name())) {
            return new LeaseAnswer(Verdict.HELD_BY_OTHER, lease.leader(), 0);
        }
        if (lease.hasSuccessor()) {
            begin(command.key(), lease.successor(), now + lease.successorTerm(), now);
            return new LeaseAnswer(Verdict.GRANTED, lease.successor(), 0);
        }
        leases.remove(command.key());
        return new LeaseAnswer(Verdict.GRANTED, "", 0);
    }

    private LeaseAnswer handOver(Handover command, @Nullable Lease lease, long now) {
        if (lease == null || (lease.ended(now) && !lease.leader().equals(command.name()))) {
            return begin(command.key(), command.name(), now + command.term(), now);
        }
        if (lease.leader().equals(command.name())) {
            return grant(command.key(), lease.until(now + command.term()));
        }
        leases.put(command.key(), lease.succeededBy(command.name(), command.term()));
        return new LeaseAnswer(Verdict.GRANTED, lease.leader(), 0);
    }

    /** A new leader with a new token. */
    private LeaseAnswer begin(LeaseKey key, String leader, long end, long now) {
        if (!leases.containsKey(key) && leases.size() >= MAX_ELECTIONS) {
            leases.values().removeIf(lease -> !lease.hasSuccessor() && now >= lease.end() + RETENTION);
            if (leases.size() >= MAX_ELECTIONS) {
                return new LeaseAnswer(Verdict.FULL, "", 0);
            }
        }
        return grant(key, Lease.of(leader, end, ++lastToken));
    }

    private LeaseAnswer grant(LeaseKey key, Lease lease) {
        leases.put(key, lease);
        return new LeaseAnswer(Verdict.GRANTED, lease.leader(), lease.token());
    }

    /** The lease as it stands now: with its successor as leader if the term has ended. */
    private @Nullable Lease succeed(LeaseKey key, long now) {
        Lease lease = leases.get(key);
        if (lease != null && lease.ended(now) && lease.hasSuccessor()) {
            begin(key, lease.successor(), lease.end() + lease.successorTerm(), now);
            return leases.get(key);
        }
        return lease;
    }

    private static Optional<String> leader(@Nullable Lease lease, long now) {
        if (lease == null) {
            return Optional.empty();
        }
        if (lease.hasSuccessor()) {
            boolean over = now >= lease.end() + lease.successorTerm();
            return over ? Optional.empty() : Optional.of(lease.successor());
        }
        return lease.ended(now) ? Optional.empty() : Optional.of(lease.leader());
    }
}
