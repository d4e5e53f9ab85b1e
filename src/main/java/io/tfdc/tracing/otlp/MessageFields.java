package io.tfdc.tracing.otlp;

import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the W3C trace context ({@code traceparent}, {@code tracestate}) stands in a message's headers. */
final class MessageFields {
    /** As the specification of {@code tracestate} allows at least; what is longer is left unread. */
    private static final int LONGEST = 512;

    static final TextMapSetter<Map<String, String>> WRITER = (headers, name, value) -> {
        if (headers != null) {
            headers.put(name, value);
        }
    };

    /** Other senders write {@code Traceparent}: names of headers are alike whatever their case. */
    static final TextMapGetter<Map<String, String>> READER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> headers) {
            return headers.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> headers, String name) {
            if (headers == null) {
                return null;
            }
            for (Map.Entry<String, String> header : headers.entrySet()) {
                if (header.getKey().equalsIgnoreCase(name) && header.getValue().length() <= LONGEST) {
                    return header.getValue();
                }
            }
            return null;
        }
    };

    private MessageFields() {}
}
