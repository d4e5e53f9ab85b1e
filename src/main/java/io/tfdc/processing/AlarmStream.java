package io.tfdc.processing;

import io.tfdc.messaging.MessageStream;
import io.tfdc.messaging.Subjects;
import io.tfdc.model.DefenseEvent;
import io.tfdc.storage.codec.DefenseEventJson;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Publishes defense events that ask for action. The event's id is the message id, so publishing again adds nothing. */
final class AlarmStream {
    private final MessageStream stream;

    AlarmStream(MessageStream stream) {
        this.stream = stream;
    }

    /**
     * Publishes the active ones in order and yields how many.
     *
     * @param trace headers that let readers of the alarms go on with the run's trace
     */
    Future<Integer> publish(List<DefenseEvent> events, Map<String, String> trace) {
        Future<Integer> published = Future.succeededFuture(0);
        for (DefenseEvent event : events) {
            if (event.mode() == DefenseEvent.Mode.ACTIVE) {
                published = published.compose(count -> stream.publish(
                                Subjects.alarm(event.run().chamber(), event.severity()),
                                DefenseEventJson.encode(event).getBytes(StandardCharsets.UTF_8),
                                event.id(),
                                headers(event, trace))
                        .map(ack -> count + 1));
            }
        }
        return published;
    }

    private static Map<String, String> headers(DefenseEvent event, Map<String, String> trace) {
        Map<String, String> headers = new HashMap<>(trace);
        headers.put("Alarm-Severity", event.severity().name());
        return headers;
    }
}
