package io.tfdc.processing;

import io.tfdc.messaging.MessageStream;
import io.tfdc.messaging.Subjects;
import io.tfdc.model.DefenseEvent;
import io.tfdc.storage.codec.DefenseEventJson;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Publishes defense events that ask for action. The event's id is the message id, so publishing again adds nothing. */
final class AlarmStream {
    private final MessageStream stream;

    AlarmStream(MessageStream stream) {
        this.stream = stream;
    }

    /** Publishes the active ones in order and yields how many. */
    Future<Integer> publish(List<DefenseEvent> events) {
        Future<Integer> published = Future.succeededFuture(0);
        for (DefenseEvent event : events) {
            if (event.mode() == DefenseEvent.Mode.ACTIVE) {
                published = published.compose(count -> stream.publish(
                                Subjects.alarm(event.run().chamber(), event.severity()),
                                DefenseEventJson.encode(event).getBytes(StandardCharsets.UTF_8),
                                event.id(),
                                Map.of("Alarm-Severity", event.severity().name()))
                        .map(ack -> count + 1));
            }
        }
        return published;
    }
}
