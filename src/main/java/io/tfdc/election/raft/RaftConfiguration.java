package io.tfdc.election.raft;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.client.RaftClientConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** Ratis set up for a log of small entries, some a second. */
final class RaftConfiguration {
    /** Entries until a snapshot replaces them: some hours of one election. */
    private static final long SNAPSHOT_EVERY = 10_000;

    private RaftConfiguration() {}

    /** The group of all replicas; its id is the same everywhere. */
    static RaftGroup group(RaftSettings settings) {
        UUID id = UUID.nameUUIDFromBytes("defender election".getBytes(StandardCharsets.UTF_8));
        List<RaftPeer> peers = settings.peers().entrySet().stream()
                .map(peer -> RaftPeer.newBuilder()
                        .setId(peer.getKey())
                        .setAddress(peer.getValue())
                        .build())
                .toList();
        return RaftGroup.valueOf(RaftGroupId.valueOf(id), peers);
    }

    static RaftProperties properties(RaftSettings settings) {
        RaftProperties properties = new RaftProperties();
        GrpcConfigKeys.Server.setHost(properties, settings.bindHost());
        GrpcConfigKeys.Server.setPort(properties, settings.port());
        RaftServerConfigKeys.setStorageDir(
                properties, List.of(settings.storage().toFile()));
        elections(properties, settings.electionTimeout());
        sizes(properties);
        RaftServerConfigKeys.Read.setOption(properties, RaftServerConfigKeys.Read.Option.LINEARIZABLE);
        RaftServerConfigKeys.Snapshot.setAutoTriggerEnabled(properties, true);
        RaftServerConfigKeys.Snapshot.setAutoTriggerThreshold(properties, SNAPSHOT_EVERY);
        RaftServerConfigKeys.Snapshot.setRetentionFileNum(properties, 2);
        RaftServerConfigKeys.Log.setPurgeUptoSnapshotIndex(properties, true);
        RaftClientConfigKeys.Rpc.setRequestTimeout(properties, duration(settings.requestTimeout()));
        return properties;
    }

    private static void elections(RaftProperties properties, Duration timeout) {
        RaftServerConfigKeys.Rpc.setTimeoutMin(properties, duration(timeout));
        RaftServerConfigKeys.Rpc.setTimeoutMax(properties, duration(timeout.multipliedBy(2)));
        RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(properties, duration(timeout.dividedBy(2)));
        RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(properties, duration(timeout));
        RaftServerConfigKeys.Rpc.setRequestTimeout(properties, duration(timeout.multipliedBy(4)));
        // A leader cut off from the majority says so soon, so that its clients go elsewhere.
        RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(properties, duration(timeout.multipliedBy(2)));
    }

    /** The defaults are for gigabytes. */
    private static void sizes(RaftProperties properties) {
        RaftServerConfigKeys.Log.setSegmentSizeMax(properties, SizeInBytes.valueOf("1MB"));
        RaftServerConfigKeys.Log.setPreallocatedSize(properties, SizeInBytes.valueOf("64KB"));
        RaftServerConfigKeys.Log.setWriteBufferSize(properties, SizeInBytes.valueOf("257KB"));
        RaftServerConfigKeys.Log.Appender.setBufferByteLimit(properties, SizeInBytes.valueOf("256KB"));
        RaftServerConfigKeys.Log.setSegmentCacheNumMax(properties, 2);
    }

    private static TimeDuration duration(Duration duration) {
        return TimeDuration.valueOf(duration.toMillis(), TimeUnit.MILLISECONDS);
    }
}
