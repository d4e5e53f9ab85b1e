package io.tfdc.election.raft;

import io.tfdc.election.lease.LeaseAnswer;
import io.tfdc.election.lease.LeaseCommand;
import io.tfdc.election.lease.LeaseCommand.Campaign;
import io.tfdc.election.lease.LeaseKey;
import io.tfdc.election.raft.LeaseMessages.Query;
import java.io.Closeable;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.jspecify.annotations.Nullable;

/**
 * One replica. It takes part in the log and answers questions by asking the log's leader, whoever that is. Stages complete on threads of
 * Ratis, within the request timeout. Safe for use from several threads.
 */
public final class RaftLeases implements LeaseLog, Closeable {
    private final RaftSettings settings;
    private final RaftGroup group;
    private final RaftServer server;
    private final RaftClient client;
    private final LogRequests requests;
    private @Nullable EmptyDisk emptyDisk;

    private RaftLeases(RaftSettings settings, RaftGroup group, RaftServer server, RaftClient client) {
        this.settings = settings;
        this.group = group;
        this.server = server;
        this.client = client;
        this.requests = new LogRequests(
                server,
                client,
                group,
                settings.requestTimeout(),
                settings.electionTimeout().multipliedBy(2));
    }

    /** Starts a replica and recovers what is on its disk. Blocks while it does. */
    public static RaftLeases start(RaftSettings settings) throws IOException {
        RaftGroup group = RaftConfiguration.group(settings.peers());
        boolean empty = EmptyDisk.isEmpty(settings.storage());
        Parameters parameters = RaftConfiguration.parameters(settings.tls());
        RaftServer server = RaftServer.newBuilder()
                .setGroup(RaftConfiguration.beginning(settings))
                .setProperties(RaftConfiguration.properties(settings))
                .setParameters(parameters)
                .setServerId(RaftPeerId.valueOf(settings.replica()))
                .setStateMachine(
                        new LeaseStateMachine(new SecureRandom().nextLong(), () -> System.nanoTime() / 1_000_000))
                .setOption(RaftStorage.StartupOption.RECOVER)
                .build();
        server.start();
        RaftClient client = RaftClient.newBuilder()
                .setRaftGroup(group)
                .setProperties(RaftConfiguration.properties(settings))
                .setParameters(parameters)
                .build();
        RaftLeases leases = new RaftLeases(settings, group, server, client);
        if (empty && settings.peers().size() > 1) {
            leases.emptyDisk = EmptyDisk.watch(
                    settings,
                    () -> leases.info().map(DivisionInfo::getLastAppliedIndex).orElse(-1L));
        }
        return leases;
    }

    /** A campaign that is sure to be lost is answered without an entry in the log. */
    @Override
    public CompletableFuture<LeaseAnswer> submit(LeaseCommand command) {
        if (command instanceof Campaign campaign) {
            Message question = LeaseMessages.query(new Query.Refusal(campaign.key(), campaign.name()));
            // Stale "no" is harmless, so nothing waits for a majority here.
            return requests.send(question, RaftClientRequest.readRequestType(true))
                    .thenCompose(reply -> LeaseMessages.refusal(reply)
                            .map(CompletableFuture::completedFuture)
                            .orElseGet(() -> write(command)));
        }
        return write(command);
    }

    private CompletableFuture<LeaseAnswer> write(LeaseCommand command) {
        return requests.send(LeaseMessages.command(command), RaftClientRequest.writeRequestType())
                .thenApply(LeaseMessages::answer);
    }

    @Override
    public CompletableFuture<Optional<String>> leader(LeaseKey key) {
        return read(new Query.Leader(key)).thenApply(LeaseMessages::leader);
    }

    @Override
    public CompletableFuture<SortedMap<String, String>> leaders(String kind) {
        return read(new Query.Leaders(kind)).thenApply(LeaseMessages::leaders);
    }

    private CompletableFuture<Message> read(Query query) {
        return requests.send(LeaseMessages.query(query), RaftClientRequest.readRequestType());
    }

    @Override
    public boolean hasLeader() {
        return info().map(DivisionInfo::getLeaderId).isPresent();
    }

    @Override
    public boolean leadsLog() {
        return info().map(DivisionInfo::isLeaderReady).orElse(false);
    }

    @Override
    public int silentPeers() {
        long limit = 3 * settings.electionTimeout().toMillis();
        return (int) info().map(DivisionInfo::getRoleInfoProto)
                .filter(role -> role.hasLeaderInfo())
                .map(role -> role.getLeaderInfo().getFollowerInfoList().stream()
                        .filter(follower -> follower.getLastRpcElapsedTimeMs() > limit)
                        .count())
                .orElse(0L)
                .longValue();
    }

    private Optional<DivisionInfo> info() {
        try {
            return Optional.of(server.getDivision(group.getGroupId()).getInfo());
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }

    /** Stops taking part. Blocks. */
    @Override
    public void close() throws IOException {
        EmptyDisk watch = emptyDisk;
        if (watch != null) {
            watch.close();
        }
        try (server) {
            client.close();
        }
    }
}
