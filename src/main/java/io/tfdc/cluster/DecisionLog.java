package io.tfdc.cluster;

import io.tfdc.leader.Decision;
import io.tfdc.leader.DecisionMark;
import io.tfdc.leader.LeaderJson;
import io.tfdc.messaging.MessageBroker;
import io.tfdc.messaging.MessageStream;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The log of decisions: a stream that keeps them for 30 days. */
public final class DecisionLog {
    private final MessageStream stream;
    private final String subject;

    private DecisionLog(MessageStream stream, String subject) {
        this.stream = stream;
        this.subject = subject;
    }

    public static Future<DecisionLog> open(MessageBroker broker, ClusterNames names, int replicas) {
        return broker.stream(names.decisionsStream(replicas))
                .map(stream -> new DecisionLog(stream, names.decisionSubject()));
    }

    Future<Void> append(Decision decision) {
        byte[] entry = LeaderJson.encode(decision);
        return stream.publish(subject, entry, "", Map.of()).mapEmpty();
    }

    /** Its newest entries in brief, to be read again and again. */
    StreamTail<DecisionMark> marks(int keep) {
        return new StreamTail<>(
                stream,
                keep,
                payload -> StoredRecord.read("decision", payload, LeaderJson::decodeDecision)
                        .map(DecisionMark::of));
    }

    /** The newest decisions, oldest first. */
    public Future<List<Decision>> newest(int max) {
        return stream.read(1, 1)
                .compose(first -> first.isEmpty()
                        ? Future.succeededFuture(List.<MessageStream.StoredMessage>of())
                        : stream.size().compose(size -> {
                            long last = first.get(0).sequence() + size - 1;
                            return stream.read(Math.max(first.get(0).sequence(), last - max + 1), max);
                        }))
                .map(stored -> {
                    List<Decision> decisions = new ArrayList<>();
                    stored.forEach(
                            message -> StoredRecord.read("decision", message.payload(), LeaderJson::decodeDecision)
                                    .ifPresent(decisions::add));
                    return decisions;
                });
    }
}
