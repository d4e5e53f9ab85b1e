package io.tfdc.testing;

import static io.tfdc.testing.VertxTestKit.await;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.tracing.TracingPolicy;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes traces as any OpenTelemetry collector does, by OTLP over HTTP, and keeps them. */
public final class OtlpReceiver {
    private final List<Received> spans = new CopyOnWriteArrayList<>();
    private final List<MultiMap> headers = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /** A span, ids in hexadecimal digits, attributes and resource as texts. */
    public record Received(
            String trace,
            String id,
            String parent,
            String name,
            String kind,
            long startNanos,
            long endNanos,
            boolean failed,
            String events,
            Map<String, String> attributes,
            Map<String, String> resource) {}

    public OtlpReceiver(Vertx vertx, HttpServerOptions options) {
        server = await(vertx.createHttpServer(options.setPort(0)
                        .setHost("127.0.0.1")
                        .setHttp2ClearTextEnabled(false)
                        .setDecompressionSupported(true)
                        .setTracingPolicy(TracingPolicy.IGNORE))
                .requestHandler(this::take)
                .listen());
    }

    public URI endpoint(String scheme) {
        return URI.create(scheme + "://localhost:" + server.actualPort() + "/v1/traces");
    }

    public List<Received> spans() {
        return List.copyOf(spans);
    }

    public List<MultiMap> requestHeaders() {
        return List.copyOf(headers);
    }

    public void close() {
        await(server.close());
    }

    private void take(HttpServerRequest request) {
        headers.add(request.headers());
        request.body().onSuccess(body -> {
            boolean right = request.path().equals("/v1/traces")
                    && "application/x-protobuf".equals(request.getHeader("Content-Type"));
            if (right) {
                read(body);
            }
            request.response()
                    .setStatusCode(right ? 200 : 404)
                    .putHeader("Content-Type", "application/x-protobuf")
                    .end();
        });
    }

    private void read(Buffer body) {
        ExportTraceServiceRequest sent;
        try {
            sent = ExportTraceServiceRequest.parseFrom(body.getBytes());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
        for (ResourceSpans process : sent.getResourceSpansList()) {
            Map<String, String> resource = texts(process.getResource().getAttributesList());
            for (ScopeSpans scope : process.getScopeSpansList()) {
                scope.getSpansList().forEach(span -> spans.add(received(span, resource)));
            }
        }
    }

    private static Received received(Span span, Map<String, String> resource) {
        HexFormat hex = HexFormat.of();
        return new Received(
                hex.formatHex(span.getTraceId().toByteArray()),
                hex.formatHex(span.getSpanId().toByteArray()),
                hex.formatHex(span.getParentSpanId().toByteArray()),
                span.getName(),
                span.getKind().name().replace("SPAN_KIND_", ""),
                span.getStartTimeUnixNano(),
                span.getEndTimeUnixNano(),
                span.getStatus().getCodeValue() == 2,
                span.getStatus().getMessage() + span.getEventsList(),
                texts(span.getAttributesList()),
                resource);
    }

    private static Map<String, String> texts(List<KeyValue> attributes) {
        Map<String, String> texts = new TreeMap<>();
        for (KeyValue one : attributes) {
            texts.put(
                    one.getKey(),
                    one.getValue().hasStringValue()
                            ? one.getValue().getStringValue()
                            : Long.toString(one.getValue().getIntValue()));
        }
        return texts;
    }
}
