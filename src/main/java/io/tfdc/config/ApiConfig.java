package io.tfdc.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The HTTP API and the web console. */
@Section("The HTTP API and the web console.")
public record ApiConfig(
        @Setting(value = "Whether to serve them.", byDefault = "true")
        boolean enabled,

        @Setting(value = "Address to listen on.", byDefault = "0.0.0.0")
        String host,

        @Setting(value = "Port; 0 picks a free one.", byDefault = "8080", min = "0", max = "65535")
        int port,

        @Setting("File of static tokens, a line `NAME ROLE[,ROLE] sha256:HEX` each; read again when it changes.")
        Optional<Path> tokens,

        @Setting(value = "Let callers without a token look, with the role viewer.", byDefault = "false")
        boolean anonymousRead,

        @Setting(value = "Requests per second of one caller.", byDefault = "50", min = "1", max = "10000")
        int requestsPerSecond,

        @Setting(value = "Requests at once of a caller that was quiet.", byDefault = "200", min = "1", max = "100000")
        int burst,

        @Setting(value = "Largest request body.", byDefault = "2MiB", min = "1KiB", max = "64MiB")
        DataSize maxBody,

        @Setting(
                value = "How often certificate and token file are looked at for changes.",
                byDefault = "30s",
                min = "1s",
                max = "1d")
        Duration reloadEvery,

        @Setting(
                value = "How often the store is asked for strategies activated meanwhile.",
                byDefault = "5s",
                min = "1s",
                max = "1h")
        Duration strategiesEvery,

        @Setting(value = "Addresses of the event bus that an administrator may send to.", byDefault = "console.echo")
        List<String> busAddresses,

        ApiTlsConfig tls,
        ApiJwtConfig jwt,
        ApiLoginConfig login) {

    public ApiConfig {
        busAddresses = List.copyOf(busAddresses);
        new Checks(
                        ApiConfig.class,
                        enabled,
                        host,
                        port,
                        tokens,
                        anonymousRead,
                        requestsPerSecond,
                        burst,
                        maxBody,
                        reloadEvery,
                        strategiesEvery,
                        busAddresses,
                        tls,
                        jwt,
                        login)
                .require(!host.isBlank(), "host", "an address")
                .each("busAddresses", busAddresses, one -> one.matches("[A-Za-z0-9_.-]{1,128}"), "an address")
                .require(
                        login.clientId().isEmpty() || jwt.discover(),
                        "jwt.discover",
                        "true where login.clientId is given")
                .done();
    }
}
