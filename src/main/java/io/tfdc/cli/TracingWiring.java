package io.tfdc.cli;

import io.tfdc.config.DefenderConfig;
import io.tfdc.config.TlsConfig;
import io.tfdc.config.TracingConfig;
import io.tfdc.tracing.Tracing;
import io.tfdc.tracing.otlp.OtlpSettings;
import io.tfdc.tracing.otlp.OtlpTracing;
import io.vertx.core.Future;
import io.vertx.core.VertxBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tracing of a process as its configuration says. Where it is off nothing of OpenTelemetry is touched. */
final class TracingWiring {
    private final @Nullable OtlpTracing otlp;

    private TracingWiring(@Nullable OtlpTracing otlp) {
        this.otlp = otlp;
    }

    /**
     * Opens it, without a word to the receiver.
     *
     * @param service what the process is called in traces
     */
    static TracingWiring open(DefenderConfig config, String service) {
        TracingConfig tracing = config.tracing();
        if (!tracing.enabled()) {
            return new TracingWiring(null);
        }
        Map<String, String> resource = new HashMap<>();
        resource.put("service.name", service);
        Optional.ofNullable(TracingWiring.class.getPackage().getImplementationVersion())
                .ifPresent(version -> resource.put("service.version", version));
        config.pod().name().ifPresent(name -> resource.put("service.instance.id", name));
        config.pod().namespace().ifPresent(name -> resource.put("service.namespace", name));
        config.pod().color().ifPresent(color -> resource.put("deployment.color", color));
        try {
            return new TracingWiring(OtlpTracing.open(new OtlpSettings(
                    URI.create(tracing.endpoint()),
                    tracing.sampleRatio(),
                    tracing.timeout(),
                    tracing.headerValues(),
                    tls(tracing.tls()),
                    resource)));
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw CommandException.usage("tracing: can't be set up: " + e.getMessage());
        }
    }

    private static OtlpSettings.Tls tls(TlsConfig tls) {
        return new OtlpSettings.Tls(
                tls.trustedCertificates().map(file -> read("tracing.tls.trustedCertificates", file)),
                tls.certificate()
                        .map(file -> new OtlpSettings.Client(
                                read("tracing.tls.certificate", file),
                                read("tracing.tls.privateKey", tls.privateKey().orElseThrow()))));
    }

    private static byte[] read(String path, Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw CommandException.usage(
                    path + ": can't read " + file + " (" + e.getClass().getSimpleName() + ")");
        }
    }

    Tracing tracing() {
        return otlp == null ? Tracing.OFF : otlp;
    }

    /** Makes Vert.x follow HTTP requests too, if tracing is on. */
    VertxBuilder on(VertxBuilder builder) {
        return otlp == null ? builder : builder.withTracer(otlp.httpSpans());
    }

    Future<Void> close() {
        return otlp == null ? Future.succeededFuture() : otlp.close();
    }
}
