package io.tfdc.election.raft;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.client.RaftClientConfigKeys;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.grpc.GrpcTlsConfig;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.thirdparty.io.netty.handler.ssl.OpenSsl;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** Ratis set up for a log of small entries, some a second. */
final class RaftConfiguration {
    private static final RaftGroupId GROUP =
            RaftGroupId.valueOf(UUID.nameUUIDFromBytes("defender election".getBytes(StandardCharsets.UTF_8)));

    private RaftConfiguration() {}

    /** All replicas that are known, members or not; the group's id is the same everywhere. */
    static RaftGroup group(Map<String, String> addresses) {
        return RaftGroup.valueOf(GROUP, peers(addresses, addresses.keySet()));
    }

    /**
     * What a replica begins with when its disk is empty. One that is no founder begins without members: it votes for nobody and stands for
     * nothing until the members' log tells it that it is one of them.
     */
    static RaftGroup beginning(RaftSettings settings) {
        return settings.founders().contains(settings.replica())
                ? RaftGroup.valueOf(GROUP, peers(settings.peers(), settings.founders()))
                : RaftGroup.valueOf(GROUP);
    }

    /** @param addresses by name */
    static List<RaftPeer> peers(Map<String, String> addresses, Collection<String> names) {
        return names.stream()
                .map(name -> RaftPeer.newBuilder()
                        .setId(name)
                        .setAddress(address(addresses, name))
                        .build())
                .toList();
    }

    private static String address(Map<String, String> addresses, String name) {
        String address = addresses.get(name);
        if (address == null) {
            throw new IllegalArgumentException("replica " + name + ": expected one of " + addresses.keySet());
        }
        return address;
    }

    /** Objects that Ratis takes beside its properties. */
    static Parameters parameters(Optional<RaftSettings.Tls> tls) {
        Parameters parameters = new Parameters();
        tls.ifPresent(files -> {
            // Ratis serves TLS by OpenSSL alone and would say so only after a while, in a message about something else.
            if (!OpenSsl.isAvailable()) {
                throw new IllegalArgumentException(
                        "TLS between replicas: there is no OpenSSL for this system", OpenSsl.unavailabilityCause());
            }
            GrpcConfigKeys.TLS.setConf(
                    parameters,
                    new GrpcTlsConfig(
                            files.key().toFile(),
                            files.certificate().toFile(),
                            files.authorities().toFile(),
                            true));
        });
        return parameters;
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
        RaftServerConfigKeys.Snapshot.setAutoTriggerThreshold(properties, settings.snapshotEvery());
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
