package io.tfdc.election.raft;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.client.RaftClientConfigKeys;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.proto.RaftProtos.LogInfoProto;
import org.apache.ratis.protocol.GroupInfoReply;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.retry.RetryPolicies;
import org.apache.ratis.retry.RetryPolicy;
import org.apache.ratis.thirdparty.io.grpc.StatusRuntimeException;
import org.apache.ratis.util.TimeDuration;

/** Who takes part in the log: asked of the replicas, and changed while they run. Calls block; use it from one thread. */
public final class RaftMembers {
    private static final int ATTEMPTS = 10;
    private static final TimeDuration PAUSE = TimeDuration.valueOf(500, TimeUnit.MILLISECONDS);

    private final Map<String, String> addresses;
    private final RaftGroup group;
    private final Duration timeout;
    private final Parameters parameters;

    /**
     * Prepares questions to replicas.
     *
     * @param addresses {@code host:port} of all replicas by name, members or not
     * @param timeout for one replica to answer
     * @param tls as a replica has it
     */
    public RaftMembers(Map<String, String> addresses, Duration timeout, Optional<RaftSettings.Tls> tls) {
        this.addresses = Map.copyOf(addresses);
        this.group = RaftConfiguration.group(new TreeMap<>(addresses));
        this.timeout = timeout;
        this.parameters = RaftConfiguration.parameters(tls);
    }

    /**
     * How a replica stands.
     *
     * @param name its name
     * @param address {@code host:port}
     * @param role {@code leader}, {@code follower} or {@code candidate}; {@code no answer}
     * @param applied number of the last entry that it has carried out, -1 if it has none
     * @param members who takes part as far as it knows, empty if it knows nothing
     */
    public record Standing(String name, String address, String role, long applied, Set<String> members) {
        /** Whether it takes part in its own view. */
        public boolean isMember() {
            return members.contains(name);
        }
    }

    /** Every replica's view, in the order of names. */
    public List<Standing> standings() throws IOException {
        List<Standing> standings = new ArrayList<>();
        try (RaftClient client = client(RetryPolicies.noRetry())) {
            for (RaftPeer peer : group.getPeers()) {
                standings.add(standing(client, peer));
            }
        }
        standings.sort(Comparator.comparing(Standing::name));
        return standings;
    }

    private Standing standing(RaftClient client, RaftPeer peer) {
        String name = peer.getId().toString();
        try {
            GroupInfoReply reply = client.getGroupManagementApi(peer.getId()).info(group.getGroupId());
            Set<String> members = new TreeSet<>();
            reply.getGroup()
                    .getPeers()
                    .forEach(member -> members.add(member.getId().toString()));
            String role = reply.getRoleInfoProto().getRole().name().toLowerCase(Locale.ROOT);
            LogInfoProto log = reply.getLogInfoProto();
            long applied = log.hasApplied() ? log.getApplied().getIndex() : -1;
            return new Standing(name, peer.getAddress(), role, applied, members);
        } catch (IOException
                | StatusRuntimeException silent) { // the latter escapes Ratis where a connection is refused by TLS
            return new Standing(name, peer.getAddress(), "no answer", -1, Set.of());
        }
    }

    /**
     * Makes these the members, all others none. Newcomers are brought up to date first; then the members of before and those of afterwards agree,
     * each by their majority.
     *
     * @param names of replicas that run and are reached, at least one
     * @throws IOException if the leader of the log can't be asked or refuses; then the outcome may be open
     */
    public void set(Collection<String> names) throws IOException {
        try (RaftClient client = client(RetryPolicies.retryUpToMaximumCountWithFixedSleep(ATTEMPTS, PAUSE))) {
            RaftClientReply reply = client.admin().setConfiguration(RaftConfiguration.peers(addresses, names));
            if (!reply.isSuccess()) {
                throw new IOException("the replicas refuse: " + reply.getException());
            }
        }
    }

    /** Makes a member the leader of the log, if it has everything that the present one has. */
    void lead(String name) throws IOException {
        try (RaftClient client = client(RetryPolicies.retryUpToMaximumCountWithFixedSleep(ATTEMPTS, PAUSE))) {
            RaftClientReply reply = client.admin().transferLeadership(RaftPeerId.valueOf(name), timeout.toMillis());
            if (!reply.isSuccess()) {
                throw new IOException(name + " does not lead: " + reply.getException());
            }
        }
    }

    private RaftClient client(RetryPolicy retries) {
        RaftProperties properties = new RaftProperties();
        RaftClientConfigKeys.Rpc.setRequestTimeout(
                properties, TimeDuration.valueOf(timeout.toMillis(), TimeUnit.MILLISECONDS));
        return RaftClient.newBuilder()
                .setRaftGroup(group)
                .setProperties(properties)
                .setParameters(parameters)
                .setRetryPolicy(retries)
                .build();
    }
}
