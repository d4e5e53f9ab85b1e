package io.tfdc.messaging.nats;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the servers.
 *
 * @param servers {@code nats://host:port} or {@code tls://host:port}, at least one; any of a cluster is enough
 * @param name name of the connection in the server's reports
 * @param user user name, with password
 * @param password password of user
 * @param token token, instead of user and password
 * @param credentials credentials file (JWT and NKey), instead of the others
 * @param tls trust and key material for {@code tls://} servers, the machine's if null
 * @param operationTimeout time for one request
 * @param connectTimeout time for one attempt to connect
 * @param reconnectWait pause between attempts to reconnect, with as much again at random
 */
public record NatsOptions(
        List<String> servers,
        String name,
        @Nullable String user,
        @Nullable String password,
        @Nullable String token,
        @Nullable Path credentials,
        @Nullable SSLContext tls,
        Duration operationTimeout,
        Duration connectTimeout,
        Duration reconnectWait) {
    public NatsOptions {
        servers = List.copyOf(servers);
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("servers: expected at least one");
        }
        if ((user == null) != (password == null)) {
            throw new IllegalArgumentException("password: expected user and password together or neither");
        }
        requirePositive("operation timeout", operationTimeout);
        requirePositive("connect timeout", connectTimeout);
        requirePositive("reconnect wait", reconnectWait);
    }

    /** Servers without authentication and usual times: operations 5 s, connecting 2 s, reconnecting every 0.5 to 1 s. */
    public static NatsOptions of(String name, String... servers) {
        return new NatsOptions(
                List.of(servers),
                name,
                null,
                null,
                null,
                null,
                null,
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                Duration.ofMillis(500));
    }

    /** The same with another time for one request. */
    public NatsOptions withOperationTimeout(Duration timeout) {
        return new NatsOptions(
                servers, name, user, password, token, credentials, tls, timeout, connectTimeout, reconnectWait);
    }

    /** The same with a user. */
    public NatsOptions withUser(String newUser, String newPassword) {
        return new NatsOptions(
                servers,
                name,
                newUser,
                newPassword,
                token,
                credentials,
                tls,
                operationTimeout,
                connectTimeout,
                reconnectWait);
    }

    /** The same with trust and key material. */
    public NatsOptions withTls(SSLContext newTls) {
        return new NatsOptions(
                servers,
                name,
                user,
                password,
                token,
                credentials,
                newTls,
                operationTimeout,
                connectTimeout,
                reconnectWait);
    }

    /** Servers and times, no secrets. */
    @Override
    public String toString() {
        return "NatsOptions[servers=" + servers + ", name=" + name + ", operationTimeout=" + operationTimeout + ']';
    }

    private static void requirePositive(String what, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(what + ": expected more than zero, found " + duration);
        }
    }
}
