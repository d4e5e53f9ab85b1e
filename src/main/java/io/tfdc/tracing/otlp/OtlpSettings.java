package io.tfdc.tracing.otlp;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Where traces go and how many.
 *
 * @param endpoint {@code http} or {@code https}, with the whole path
 * @param sampleRatio share of the traces begun here that are kept, 0 to 1; who goes on with a trace does what its beginner decided
 * @param timeout of one request
 * @param headers of each request, such as an authorization
 * @param tls certificates, for {@code https} alone
 * @param resource attributes of this process: {@code service.name} and others
 */
public record OtlpSettings(
        URI endpoint,
        double sampleRatio,
        Duration timeout,
        Map<String, String> headers,
        Tls tls,
        Map<String, String> resource) {
    public OtlpSettings {
        headers = Map.copyOf(headers);
        resource = Map.copyOf(resource);
    }

    /**
     * PEM texts.
     *
     * @param authorities trusted instead of those of the runtime
     * @param client this process's certificate chain and key (PKCS #8)
     */
    public record Tls(Optional<byte[]> authorities, Optional<Client> client) {
        public static final Tls DEFAULT = new Tls(Optional.empty(), Optional.empty());
    }

    /** A client certificate with its key, PEM texts. */
    public record Client(byte[] certificate, byte[] privateKey) {}

    /** Headers are secrets. */
    @Override
    public String toString() {
        return "OtlpSettings[" + endpoint + ", " + sampleRatio + ']';
    }
}
