package io.tfdc.cli;

import io.tfdc.config.NatsConfig;
import io.tfdc.messaging.MessageBroker;
import io.tfdc.messaging.MessageStream;
import io.tfdc.messaging.Streams;
import io.tfdc.messaging.Subjects;
import io.vertx.core.Future;

/**
 * The streams of an installation, created where they are missing.
 *
 * @param subjects subjects of notifications
 * @param notifications completion notifications
 * @param alarms published alarms
 * @param deadLetters notifications given up
 */
record SiteStreams(Subjects subjects, MessageStream notifications, MessageStream alarms, MessageStream deadLetters) {
    static Future<SiteStreams> open(MessageBroker broker, NatsConfig nats) {
        Subjects subjects = new Subjects(nats.subject());
        int replicas = nats.replicas();
        Future<MessageStream> notifications = broker.stream(Streams.notifications(nats.stream(), subjects, replicas));
        Future<MessageStream> alarms = broker.stream(Streams.alarms(replicas));
        Future<MessageStream> letters = broker.stream(Streams.deadLetters(nats.deadLetterStream(), replicas));
        return Future.all(notifications, alarms, letters)
                .map(all -> new SiteStreams(subjects, notifications.result(), alarms.result(), letters.result()));
    }
}
