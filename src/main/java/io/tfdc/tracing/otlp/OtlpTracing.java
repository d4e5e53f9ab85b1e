package io.tfdc.tracing.otlp;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.tfdc.model.RunId;
import io.tfdc.tracing.Span;
import io.tfdc.tracing.Step;
import io.tfdc.tracing.Tracing;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.spi.VertxTracerFactory;
import io.vertx.tracing.opentelemetry.OpenTelemetryTracingFactory;
import java.time.Duration;
import java.util.Map;

/**
 * Spans in memory until a thread of their own has sent them, at most {@value #QUEUE}; beyond that, and while the receiver is away, spans are
 * dropped. A run never waits for it.
 */
public final class OtlpTracing implements Tracing {
    private static final int QUEUE = 4096;
    private static final Duration SEND_EVERY = Duration.ofSeconds(1);
    private static final int LONGEST_VALUE = 512;

    private final OpenTelemetrySdk sdk;
    private final Tracer tracer;

    private OtlpTracing(OpenTelemetrySdk sdk) {
        this.sdk = sdk;
        this.tracer = sdk.getTracer("io.tfdc.defender");
    }

    /** Nothing is sent before the first span has ended. Fails with {@link IllegalArgumentException} for certificates that are none. */
    public static OtlpTracing open(OtlpSettings settings) {
        AttributesBuilder resource = Attributes.builder();
        settings.resource().forEach(resource::put);
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault().merge(Resource.create(resource.build())))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.sampleRatio())))
                .setSpanLimits(SpanLimits.builder()
                        .setMaxAttributeValueLength(LONGEST_VALUE)
                        .build())
                .addSpanProcessor(new QuerylessUrls())
                .addSpanProcessor(BatchSpanProcessor.builder(exporter(settings))
                        .setMaxQueueSize(QUEUE)
                        .setScheduleDelay(SEND_EVERY)
                        .setExporterTimeout(settings.timeout())
                        .build())
                .build();
        return new OtlpTracing(OpenTelemetrySdk.builder()
                .setTracerProvider(provider)
                .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                .build());
    }

    private static OtlpHttpSpanExporter exporter(OtlpSettings settings) {
        OtlpHttpSpanExporterBuilder builder = OtlpHttpSpanExporter.builder()
                .setEndpoint(settings.endpoint().toString())
                .setTimeout(settings.timeout())
                .setCompression("gzip");
        settings.headers().forEach(builder::addHeader);
        settings.tls().authorities().ifPresent(builder::setTrustedCertificates);
        settings.tls().client().ifPresent(client -> builder.setClientTls(client.privateKey(), client.certificate()));
        return builder.build();
    }

    /** Makes Vert.x follow requests to its HTTP servers, each from its first byte to its answer. */
    public VertxTracerFactory httpSpans() {
        return new OpenTelemetryTracingFactory(sdk);
    }

    @Override
    public Span begin(Step step, RunId run) {
        return start(step, run, Context.root());
    }

    @Override
    public Span resume(Step step, RunId run, Map<String, String> headers) {
        Context sender = W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, MessageFields.READER);
        return start(step, run, sender);
    }

    private Span start(Step step, RunId run, Context parent) {
        SpanBuilder builder = builder(tracer, step, parent)
                .setAttribute("defender.tool", run.chamber().tool())
                .setAttribute("defender.chamber", run.chamber().chamber())
                .setAttribute("defender.context", run.context());
        return new OtlpSpan(tracer, parent, builder.startSpan());
    }

    static SpanBuilder builder(Tracer tracer, Step step, Context parent) {
        return tracer.spanBuilder(step.text())
                .setParent(parent)
                .setSpanKind(
                        switch (step.kind()) {
                            case INTERNAL -> SpanKind.INTERNAL;
                            case CLIENT -> SpanKind.CLIENT;
                            case PRODUCER -> SpanKind.PRODUCER;
                            case CONSUMER -> SpanKind.CONSUMER;
                        });
    }

    /** Sends what has ended and takes no more; completes on a thread of its own, at the latest when the receiver's time is up. */
    public Future<Void> close() {
        Promise<Void> closed = Promise.promise();
        sdk.getSdkTracerProvider().shutdown().whenComplete(closed::complete);
        return closed.future();
    }
}
