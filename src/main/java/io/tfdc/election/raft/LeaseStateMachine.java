package io.tfdc.election.raft;

import io.tfdc.election.lease.LeaseClock.Stamp;
import io.tfdc.election.lease.LeaseState;
import io.tfdc.election.raft.LeaseMessages.Query;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.apache.ratis.io.MD5Hash;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftPeerRole;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.util.LifeCycle;
import org.apache.ratis.util.MD5FileUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the log to the leases. The leader of the log stamps each command with its own clock when it receives it, so what an entry
 * does follows from the log alone. Called on threads of Ratis; state is guarded by this.
 */
final class LeaseStateMachine extends BaseStateMachine {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseStateMachine.class);
    private static final String UNFINISHED = "unfinished-snapshot";

    private final SimpleStateMachineStorage storage = new SimpleStateMachineStorage();
    private final long source;
    private final LongSupplier millis;
    private LeaseState state = new LeaseState();

    /**
     * @param source token of this process, unique among all starts of all replicas
     * @param millis its monotonic clock
     */
    LeaseStateMachine(long source, LongSupplier millis) {
        this.source = source;
        this.millis = millis;
    }

    @Override
    public void initialize(RaftServer server, RaftGroupId group, RaftStorage raftStorage) throws IOException {
        super.initialize(server, group, raftStorage);
        storage.init(raftStorage);
        reinitialize();
    }

    /** A snapshot comes in place of what is here. Called for each part of it; without this it would never be loaded. */
    @Override
    public void pause() {
        if (getLifeCycleState() == LifeCycle.State.RUNNING) {
            getLifeCycle().transition(LifeCycle.State.PAUSING);
            getLifeCycle().transition(LifeCycle.State.PAUSED);
        }
    }

    @Override
    public void reinitialize() throws IOException {
        getLifeCycle().startAndTransition(this::load);
    }

    /** Loads the latest snapshot, at the start and after one came from the leader. */
    private synchronized void load() throws IOException {
        SingleFileSnapshotInfo snapshot = storage.loadLatestSnapshot();
        if (snapshot == null) {
            return;
        }
        File file = snapshot.getFile().getPath().toFile();
        MD5Hash expected = snapshot.getFile().getFileDigest();
        if (expected != null) {
            MD5FileUtil.verifySavedMD5(file, expected);
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file.toPath())))) {
            state = LeaseState.read(in);
        }
        setLastAppliedTermIndex(snapshot.getTermIndex());
    }

    /** The file has its name only when it is whole and on disk: a replica that dies here starts from the one before. */
    @Override
    public synchronized long takeSnapshot() throws IOException {
        TermIndex last = getLastAppliedTermIndex();
        File file = storage.getSnapshotFile(last.getTerm(), last.getIndex());
        Path unfinished = file.toPath().resolveSibling(UNFINISHED);
        try (FileOutputStream to = new FileOutputStream(unfinished.toFile());
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(to))) {
            state.write(out);
            out.flush();
            to.getFD().sync();
        }
        Files.move(unfinished, file.toPath(), StandardCopyOption.ATOMIC_MOVE);
        MD5Hash digest = MD5FileUtil.computeAndSaveMd5ForFile(file);
        storage.updateLatestSnapshot(new SingleFileSnapshotInfo(new FileInfo(file.toPath(), digest), last));
        return last.getIndex();
    }

    @Override
    public StateMachineStorage getStateMachineStorage() {
        return storage;
    }

    @Override
    public TransactionContext startTransaction(RaftClientRequest request) {
        return TransactionContext.newBuilder()
                .setStateMachine(this)
                .setClientRequest(request)
                .setServerRole(RaftPeerRole.LEADER)
                .setLogData(LeaseMessages.stamped(request.getMessage().getContent(), now()))
                .build();
    }

    @Override
    public synchronized CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
        LogEntryProto logged = transaction.getLogEntry();
        LeaseMessages.Entry entry =
                LeaseMessages.entry(logged.getStateMachineLogEntry().getLogData());
        Message answer = LeaseMessages.answer(state.apply(entry.command(), entry.stamp()));
        updateLastAppliedTermIndex(logged.getTerm(), logged.getIndex());
        return CompletableFuture.completedFuture(answer);
    }

    @Override
    public synchronized CompletableFuture<Message> query(Message request) {
        Query query = LeaseMessages.query(request);
        Message answer;
        if (query instanceof Query.Leader leader) {
            answer = LeaseMessages.leader(state.leader(leader.key(), now()));
        } else if (query instanceof Query.Leaders leaders) {
            answer = LeaseMessages.leaders(state.leaders(leaders.kind(), now()));
        } else {
            Query.Refusal refusal = (Query.Refusal) query;
            answer = LeaseMessages.refusal(state.refusal(refusal.key(), refusal.candidate(), now()));
        }
        return CompletableFuture.completedFuture(answer);
    }

    @Override
    public void notifyLeaderChanged(RaftGroupMemberId replica, RaftPeerId leader) {
        LOG.atInfo()
                .addKeyValue("replica", replica.getPeerId())
                .addKeyValue("leader", leader)
                .log("The log has a new leader");
    }

    private Stamp now() {
        return new Stamp(source, millis.getAsLong());
    }
}
