package io.tfdc.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A process of the {@code election-agent} role; probes and metrics are on the port of {@code http}. */
@Section("A process of the election-agent role; probes and metrics are on the port of `http`.")
public record ElectionAgentConfig(
        @Setting(value = "Address to listen on.", byDefault = "0.0.0.0")
        String host,

        @Setting(
                value = "Port for gRPC; 0 picks a free one.",
                byDefault = "9090",
                min = "0",
                max = "65535",
                env = "EA_GRPC_PORT")
        int port,

        @Setting("Name of this replica, one of `peers`; the pod's name or the host's stands in.")
        Optional<String> replica,

        @Setting("All replicas as `name=host:port`, this one included, three as a rule; none for a single replica.")
        List<String> peers,

        @Setting(
                "Names out of `peers` of the replicas that begin the log together, all if left out. The others wait until `election members` takes them in.")
        List<String> founders,

        @Setting(value = "Folder for the log and snapshots, of this replica alone.", byDefault = "data/election-agent")
        Path storage,

        @Setting(
                value =
                        "Silence of the replica that leads the log after which another takes over, at least; up to twice as long.",
                byDefault = "300ms",
                min = "50ms",
                max = "10s")
        Duration electionTimeout,

        @Setting(value = "How long a majority is waited for.", byDefault = "1500ms", min = "100ms", max = "30s")
        Duration requestTimeout,

        @Setting("Zone, a label of the metrics.") Optional<String> zone,

        @Setting("PEM file with the server's certificate chain; without it the port talks in the clear.")
        Optional<Path> certificate,

        @Setting("PEM file with the server's private key (PKCS #8).")
        Optional<Path> privateKey,

        PeerTlsConfig peerTls,

        @Setting(
                value = "Age at which a client is asked to connect anew, give or take a tenth.",
                byDefault = "5m",
                min = "1s",
                max = "1d")
        Duration connectionAge,

        @Setting(value = "Time for calls at work then.", byDefault = "30s", min = "1s", max = "10m")
        Duration connectionGrace,

        @Setting(
                value = "Answer questions about pods from the Kubernetes API.",
                byDefault = "false",
                env = "EA_KUBE_ENABLE")
        boolean kubernetes,

        @Setting(value = "The API server.", byDefault = "https://kubernetes.default.svc")
        String kubernetesServer,

        @Setting(
                value = "File with the service account's token.",
                byDefault = "/var/run/secrets/kubernetes.io/serviceaccount/token")
        Path kubernetesToken,

        @Setting(
                value = "PEM file of the API server's authority.",
                byDefault = "/var/run/secrets/kubernetes.io/serviceaccount/ca.crt")
        Path kubernetesAuthority) {

    private static final Pattern PEER = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?=.+");

    public ElectionAgentConfig {
        peers = List.copyOf(peers);
        founders = List.copyOf(founders);
        new Checks(
                        ElectionAgentConfig.class,
                        host,
                        port,
                        replica,
                        peers,
                        founders,
                        storage,
                        electionTimeout,
                        requestTimeout,
                        zone,
                        certificate,
                        privateKey,
                        peerTls,
                        connectionAge,
                        connectionGrace,
                        kubernetes,
                        kubernetesServer,
                        kubernetesToken,
                        kubernetesAuthority)
                .require(!host.isBlank(), "host", "an address")
                .each("peers", peers, ElectionAgentConfig::isPeer, "name=host:port")
                .require(
                        addresses(peers).size() == peers.size()
                                && (isOddOrNone(peers) || (!founders.isEmpty() && !peers.isEmpty())),
                        "peers",
                        "different names, an odd number of them")
                .require(
                        addresses(peers).keySet().containsAll(founders)
                                && founders.stream().distinct().count() == founders.size()
                                && isOddOrNone(founders),
                        "founders",
                        "different names out of peers, an odd number of them")
                .require(
                        certificate.isPresent() == privateKey.isPresent(),
                        "privateKey",
                        "certificate and privateKey together or neither")
                .require(isServer(kubernetesServer), "kubernetesServer", "https://host:port")
                .done();
    }

    /** Addresses of the replicas by name; empty for a single one. */
    public Map<String, String> addresses() {
        return addresses(peers);
    }

    private static Map<String, String> addresses(List<String> peers) {
        Map<String, String> addresses = new LinkedHashMap<>();
        peers.forEach(peer -> addresses.put(peer.split("=", 2)[0], peer.substring(peer.indexOf('=') + 1)));
        return addresses;
    }

    private static boolean isOddOrNone(List<String> names) {
        return names.isEmpty() || names.size() % 2 == 1;
    }

    private static boolean isPeer(String peer) {
        return PEER.matcher(peer).matches() && Checks.isAddress(peer.substring(peer.indexOf('=') + 1));
    }

    private static boolean isServer(String server) {
        try {
            URI uri = URI.create(server);
            return uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
        } catch (IllegalArgumentException notUri) {
            return false;
        }
    }
}
