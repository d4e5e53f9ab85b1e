package io.tfdc.election.lease;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What each replica keeps: leases and the time of the log. Not safe for use from several threads. */
public final class LeaseState {
    private static final int FORMAT = 1;

    private final LeaseTable table;
    private final LeaseClock clock;

    public LeaseState() {
        this(new LeaseTable(), new LeaseClock());
    }

    private LeaseState(LeaseTable table, LeaseClock clock) {
        this.table = table;
        this.clock = clock;
    }

    /** Carries out an entry of the log. */
    public LeaseAnswer apply(LeaseCommand command, LeaseClock.Stamp stamp) {
        return table.apply(command, clock.advance(stamp));
    }

    /** Who leads now by the given clock; see {@link LeaseTable#leader}. */
    public Optional<String> leader(LeaseKey key, LeaseClock.Stamp now) {
        return table.leader(key, clock.at(now));
    }

    /** Leaders of a kind now by the given clock; see {@link LeaseTable#leaders}. */
    public SortedMap<String, String> leaders(String kind, LeaseClock.Stamp now) {
        return table.leaders(kind, clock.at(now));
    }

    /**
     * The refusal that a campaign would meet now by the given clock; see {@link LeaseTable#refusal}. None as long as the time stands still for
     * that clock: somebody has to write, so that it runs and a lease ends whose leader is gone.
     */
    public Optional<LeaseAnswer> refusal(LeaseKey key, String candidate, LeaseClock.Stamp now) {
        return clock.runsBy(now) ? table.refusal(key, candidate, clock.at(now)) : Optional.empty();
    }

    /** Writes a snapshot. */
    public void write(DataOutputStream out) throws IOException {
        out.writeInt(FORMAT);
        out.writeLong(clock.time());
        out.writeLong(clock.last().source());
        out.writeLong(clock.last().millis());
        out.writeLong(table.lastToken());
        out.writeInt(table.leases().size());
        for (Map.Entry<LeaseKey, Lease> entry : table.leases().entrySet()) {
            Lease lease = entry.getValue();
            out.writeUTF(entry.getKey().kind());
            out.writeUTF(entry.getKey().election());
            out.writeUTF(lease.leader());
            out.writeLong(lease.end());
            out.writeLong(lease.token());
            out.writeUTF(lease.successor());
            out.writeLong(lease.successorTerm());
        }
    }

    /** Reads a snapshot. */
    public static LeaseState read(DataInputStream in) throws IOException {
        int format = in.readInt();
        if (format != FORMAT) {
            throw new IOException("snapshot of leases: expected format " + FORMAT + ", found " + format);
        }
        LeaseClock clock = new LeaseClock(in.readLong(), in.readLong(), in.readLong());
        long lastToken = in.readLong();
        int size = in.readInt();
        if (size < 0 || size > LeaseTable.MAX_ELECTIONS) {
            throw new IOException(
                    "snapshot of leases: expected at most " + LeaseTable.MAX_ELECTIONS + ", found " + size);
        }
        TreeMap<LeaseKey, Lease> leases = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            LeaseKey key = new LeaseKey(in.readUTF(), in.readUTF());
            leases.put(key, new Lease(in.readUTF(), in.readLong(), in.readLong(), in.readUTF(), in.readLong()));
        }
        return new LeaseState(new LeaseTable(leases, lastToken), clock);
    }
}
