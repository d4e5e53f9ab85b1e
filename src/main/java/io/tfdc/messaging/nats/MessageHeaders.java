package io.tfdc.messaging.nats;

import io.nats.client.impl.Headers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Headers as callers see them: one value each, without those that belong to the protocol. */
final class MessageHeaders {
    static final String MESSAGE_ID = "Nats-Msg-Id";
    static final String EXPECTED_STREAM = "Nats-Expected-Stream";
    static final String EXPECTED_REVISION = "Nats-Expected-Last-Subject-Sequence";
    static final String OPERATION = "KV-Operation";
    static final String PENDING = "Nats-Pending-Messages";

    private MessageHeaders() {}

    static Headers of(Map<String, String> headers) {
        Headers result = new Headers();
        headers.forEach((name, value) -> result.put(name, value));
        return result;
    }

    static Map<String, String> toMap(@Nullable Headers headers) {
        if (headers == null || headers.isEmpty()) {
            return Map.of();
        }
        Map<String, String> result = new HashMap<>();
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            if (!header.getKey().startsWith("Nats-") && !header.getValue().isEmpty()) {
                result.put(header.getKey(), header.getValue().get(0));
            }
        }
        return Map.copyOf(result);
    }
}
