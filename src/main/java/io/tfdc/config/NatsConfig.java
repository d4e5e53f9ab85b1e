package io.tfdc.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The connection to the message broker and the names used there. */
@Section("The NATS servers with JetStream, and the names used there.")
public record NatsConfig(
        @Setting(
                value = "Servers to try, as `nats://host:port` or `tls://host:port`; any of a cluster is enough.",
                byDefault = "nats://localhost:4222",
                env = {"NATS_SERVERS", "NATS_URL"})
        List<String> servers,

        @Setting("User name, with `password`.") Optional<String> user,
        @Setting("Password of `user`.") Optional<Secret> password,
        @Setting("Token, instead of user and password.") Optional<Secret> token,

        @Setting("Credentials file (`.creds`: JWT and NKey), instead of the others.")
        Optional<Path> credentials,

        @Setting(
                value = "Stream of completion notifications; created if it is missing.",
                byDefault = "dc-notifications",
                env = "NATS_STREAM_NAME")
        String stream,

        @Setting(
                value = "Subject of a notification; `{tool}` and `{chamber}` stand for one token each.",
                byDefault = "dc.{tool}.{chamber}.completed")
        String subject,

        @Setting(value = "Stream of notifications given up.", byDefault = "dc-dlq")
        String deadLetterStream,

        @Setting(
                value = "Copies of each stream and bucket when created; 1 for a single server.",
                byDefault = "3",
                min = "1",
                max = "5")
        int replicas,

        @Setting(value = "Time for one connection attempt.", byDefault = "2s", min = "100ms", max = "1m")
        Duration connectTimeout,

        @Setting(value = "Time for one request.", byDefault = "5s", min = "100ms", max = "1m")
        Duration requestTimeout,

        TlsConfig tls) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern SUBJECT =
            Pattern.compile("[A-Za-z0-9_-]+\\.\\{tool}\\.\\{chamber}(\\.[A-Za-z0-9_-]+)*");

    public NatsConfig {
        servers = List.copyOf(servers);
        long ways =
                Stream.of(user, token, credentials).filter(Optional::isPresent).count();
        new Checks(
                        NatsConfig.class,
                        servers,
                        user,
                        password,
                        token,
                        credentials,
                        stream,
                        subject,
                        deadLetterStream,
                        replicas,
                        connectTimeout,
                        requestTimeout,
                        tls)
                .require(!servers.isEmpty(), "servers", "at least one server")
                .each("servers", servers, NatsConfig::isServer, "nats://host:port or tls://host:port")
                .require(user.isPresent() == password.isPresent(), "password", "user and password together or neither")
                .require(ways <= 1, "credentials", "one of user, token and credentials")
                .require(NAME.matcher(stream).matches(), "stream", "1 to 64 of A-Z a-z 0-9 _ -")
                .require(NAME.matcher(deadLetterStream).matches(), "deadLetterStream", "1 to 64 of A-Z a-z 0-9 _ -")
                .require(!deadLetterStream.equals(stream), "deadLetterStream", "another name than stream")
                .require(
                        SUBJECT.matcher(subject).matches(),
                        "subject",
                        "name.{tool}.{chamber} and further names of A-Z a-z 0-9 _ - behind dots")
                .done();
    }

    /** The subject of a chamber's notifications. */
    public String subject(String tool, String chamber) {
        return subject.replace("{tool}", tool).replace("{chamber}", chamber);
    }

    /** Matches the notifications of every chamber. */
    public String everySubject() {
        return subject("*", "*");
    }

    /** What the stream stores: everything that begins as notifications do. */
    public String streamSubjects() {
        return subject.substring(0, subject.indexOf('.')) + ".>";
    }

    private static boolean isServer(String server) {
        try {
            URI uri = URI.create(server.contains("://") ? server : "nats://" + server);
            return uri.getHost() != null
                    && uri.getUserInfo() == null
                    && Stream.of("nats", "tls", "ws", "wss").anyMatch(scheme -> scheme.equals(uri.getScheme()));
        } catch (IllegalArgumentException notUri) {
            return false;
        }
    }
}
