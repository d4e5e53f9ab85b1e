package io.tfdc.tracing.otlp;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.tfdc.tracing.Detail;
import io.tfdc.tracing.Span;
import io.tfdc.tracing.Step;
import java.util.HashMap;
import java.util.Map;

/** A span with the context that its children and messages belong to; contexts are passed on, never bound to a thread. */
final class OtlpSpan implements Span {
    private static final AttributeKey<String> KIND = AttributeKey.stringKey("exception.type");
    private static final AttributeKey<String> REASON = AttributeKey.stringKey("exception.message");

    private final Tracer tracer;
    private final io.opentelemetry.api.trace.Span span;
    private final Context context;

    OtlpSpan(Tracer tracer, Context parent, io.opentelemetry.api.trace.Span span) {
        this.tracer = tracer;
        this.span = span;
        this.context = parent.with(span);
    }

    @Override
    public Span child(Step step) {
        return new OtlpSpan(
                tracer, context, OtlpTracing.builder(tracer, step, context).startSpan());
    }

    @Override
    public Span with(Detail detail, String value) {
        span.setAttribute(detail.key(), value);
        return this;
    }

    @Override
    public Span with(Detail detail, long value) {
        span.setAttribute(detail.key(), value);
        return this;
    }

    @Override
    public Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        W3CTraceContextPropagator.getInstance().inject(context, headers, MessageFields.WRITER);
        return headers;
    }

    @Override
    public void fail(String kind, String reason) {
        span.setStatus(StatusCode.ERROR, reason.isEmpty() ? kind : reason);
        span.addEvent("exception", Attributes.of(KIND, kind, REASON, reason));
    }

    @Override
    public void end() {
        span.end();
    }
}
