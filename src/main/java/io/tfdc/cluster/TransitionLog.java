package io.tfdc.cluster;

import io.tfdc.coordination.CoordinationJson;
import io.tfdc.coordination.Transition;
import io.tfdc.messaging.MessageBroker;
import io.tfdc.messaging.MessageStream;
import io.vertx.core.Future;
import java.util.Map;

/** The log of states: a stream that keeps them for a little longer than the two hours that are shown. */
public final class TransitionLog {
    private final MessageStream stream;
    private final String subject;

    private TransitionLog(MessageStream stream, String subject) {
        this.stream = stream;
        this.subject = subject;
    }

    public static Future<TransitionLog> open(MessageBroker broker, ClusterNames names, int replicas) {
        return broker.stream(names.transitionsStream(replicas))
                .map(stream -> new TransitionLog(stream, names.transitionSubject()));
    }

    /** @param entry unlike that of any other entry; the same where an entry is written again because its fate is not known */
    Future<Void> append(Transition transition, String entry) {
        return stream.publish(subject, CoordinationJson.encode(transition), entry, Map.of())
                .mapEmpty();
    }

    /** Its newest entries, to be read again and again. */
    StreamTail<Transition> tail(int keep) {
        return new StreamTail<>(
                stream, keep, payload -> StoredRecord.read("transition", payload, CoordinationJson::decodeTransition));
    }
}
