package io.tfdc.election.raft;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.exceptions.NotLeaderException;
import org.apache.ratis.server.RaftServer;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to the leader of the log, in this process or elsewhere, and looks for another when it does not answer. Requests are independent
 * of each other, which those of {@link RaftClient} are not: there the first that fails holds up the rest. A request that is sent again keeps
 * its number, by which Ratis carries it out once.
 */
final class LogRequests {
    private static final int PAUSE_MILLIS = 50;

    private final RaftServer server;
    private final RaftClient client;
    private final RaftGroup group;
    private final Duration patience;
    private final Duration attemptLimit;
    private final AtomicLong calls = new AtomicLong();
    private final Executor later = CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);

    /**
     * @param patience for a request
     * @param attemptLimit for one server to answer it
     */
    LogRequests(RaftServer server, RaftClient client, RaftGroup group, Duration patience, Duration attemptLimit) {
        this.server = server;
        this.client = client;
        this.group = group;
        this.patience = patience;
        this.attemptLimit = attemptLimit;
    }

    /** Yields the answer, or fails when nobody has given it in time; then the outcome is open. */
    CompletableFuture<Message> send(Message message, RaftClientRequest.Type type) {
        return new Attempts(message, type).start();
    }

    /** One request until it is answered. Each attempt begins when the one before has ended. */
    private final class Attempts {
        private final Message message;
        private final RaftClientRequest.Type type;
        private final long call = calls.incrementAndGet();
        private final long deadline = System.nanoTime() + patience.toNanos();
        private final CompletableFuture<Message> result = new CompletableFuture<>();
        private long next = call;

        Attempts(Message message, RaftClientRequest.Type type) {
            this.message = message;
            this.type = type;
        }

        CompletableFuture<Message> start() {
            ask(leader(null));
            return result;
        }

        private void ask(RaftPeerId target) {
            long millis = Math.min(attemptLimit.toMillis(), millisLeft());
            attempt(target)
                    .orTimeout(Math.max(1, millis), TimeUnit.MILLISECONDS)
                    .whenComplete((reply, error) -> answered(target, reply, error));
        }

        private CompletableFuture<RaftClientReply> attempt(RaftPeerId target) {
            RaftClientRequest request = RaftClientRequest.newBuilder()
                    .setClientId(client.getId())
                    .setLeaderId(target)
                    .setGroupId(group.getGroupId())
                    .setCallId(call)
                    .setMessage(message)
                    .setType(type)
                    .build();
            try {
                if (target.equals(server.getId())) {
                    return server.submitClientRequestAsync(request);
                }
                client.getClientRpc().addRaftPeers(members()); // those that are known already are left as they are
                return client.getClientRpc().sendRequestAsyncUnordered(request);
            } catch (IOException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        private void answered(RaftPeerId target, @Nullable RaftClientReply reply, @Nullable Throwable error) {
            if (reply != null && reply.isSuccess()) {
                result.complete(reply.getMessage());
                return;
            }
            Throwable cause = reply != null ? reply.getException() : cause(error);
            if (millisLeft() <= PAUSE_MILLIS) {
                result.completeExceptionally(new TimeoutException("no leader of the log answered: " + cause));
                return;
            }
            if (reply == null && !target.equals(server.getId())) {
                client.getClientRpc().handleException(target, cause, true);
            }
            RaftPeerId other = leader(cause);
            later.execute(() -> ask(other));
        }

        /** Whom to ask: who is said to lead, or else one after the other. */
        private RaftPeerId leader(@Nullable Throwable refusal) {
            RaftPeer suggested =
                    refusal instanceof NotLeaderException notLeader ? notLeader.getSuggestedLeader() : null;
            if (suggested != null) {
                return suggested.getId();
            }
            RaftPeerId known = refusal instanceof TimeoutException ? null : knownLeader();
            if (known != null) {
                return known;
            }
            List<RaftPeer> members = members();
            return members.get((int) (next++ % members.size())).getId();
        }

        private long millisLeft() {
            return (deadline - System.nanoTime()) / 1_000_000;
        }
    }

    /** Who takes part in the log as far as this replica knows; all replicas if it knows nothing. They may change while it runs. */
    private List<RaftPeer> members() {
        try {
            List<RaftPeer> members = List.copyOf(
                    server.getDivision(group.getGroupId()).getRaftConf().getCurrentPeers());
            if (!members.isEmpty()) {
                return members;
            }
        } catch (IOException closed) {
            // As if it knew nothing.
        }
        return List.copyOf(group.getPeers());
    }

    private @Nullable RaftPeerId knownLeader() {
        try {
            return server.getDivision(group.getGroupId()).getInfo().getLeaderId();
        } catch (IOException closed) {
            return null;
        }
    }

    private static Throwable cause(@Nullable Throwable error) {
        Throwable shown = error == null ? new IllegalStateException("no answer") : error;
        return shown instanceof CompletionException && shown.getCause() != null ? shown.getCause() : shown;
    }
}
