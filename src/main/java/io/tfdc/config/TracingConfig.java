package io.tfdc.config;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Traces of runs. */
@Section("Traces of runs, sent by OTLP over HTTP (OpenTelemetry).")
public record TracingConfig(
        @Setting(value = "Whether runs and requests are traced.", byDefault = "false")
        boolean enabled,

        @Setting(
                value = "Receiver of traces, with the whole path.",
                byDefault = "http://localhost:4318/v1/traces",
                env = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
        String endpoint,

        @Setting(
                value =
                        "Share of the traces begun by this process that are kept; a trace that a message carries is kept if its beginner keeps it.",
                byDefault = "0.1",
                min = "0",
                max = "1")
        double sampleRatio,

        @Setting(value = "Time for one request to the receiver.", byDefault = "5s", min = "100ms", max = "1m")
        Duration timeout,

        @Setting("Headers of each request, `name=value` separated by commas, such as an authorization.")
        Optional<Secret> headers,

        TlsConfig tls) {

    public TracingConfig {
        new Checks(TracingConfig.class, enabled, endpoint, sampleRatio, timeout, headers, tls)
                .require(
                        endpoint.startsWith(tls.enabled() ? "https://" : "http://") && isPlace(endpoint),
                        "endpoint",
                        tls.enabled()
                                ? "https://host[:port]/path where tls.enabled is true"
                                : "http://host[:port]/path, https:// needs tls.enabled")
                .require(
                        headers.map(given -> areHeaders(given.reveal())).orElse(true),
                        "headers",
                        "name=value separated by commas")
                .done();
    }

    /** The headers by name. */
    public Map<String, String> headerValues() {
        Map<String, String> values = new LinkedHashMap<>();
        headers.ifPresent(given -> Arrays.stream(given.reveal().split(",")).forEach(one -> {
            int equals = one.indexOf('=');
            values.put(
                    one.substring(0, equals).strip(), one.substring(equals + 1).strip());
        }));
        return values;
    }

    private static boolean areHeaders(String text) {
        return Arrays.stream(text.split(","))
                .allMatch(one -> one.strip().matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}\\s*=[\\x20-\\x7e]{1,4096}"));
    }

    private static boolean isPlace(String text) {
        return Checks.isWebAddress(text) && URI.create(text).getPath().length() > 1;
    }
}
