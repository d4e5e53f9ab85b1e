package io.tfdc.messaging.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.ReplayPolicy;
import io.nats.client.api.StreamInfoOptions;
import io.nats.client.impl.Headers;
import io.tfdc.messaging.BrokerException;
import io.tfdc.messaging.BrokerException.Reason;
import io.tfdc.messaging.ConsumerConfig;
import io.tfdc.messaging.MessageStream;
import io.tfdc.messaging.StreamConfig;
import io.tfdc.messaging.SubjectFilter;
import io.tfdc.messaging.WorkConsumer;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A JetStream stream. */
final class NatsStream implements MessageStream {
    private final NatsLink link;
    private final StreamConfig config;
    private final List<SubjectFilter> subjects;

    NatsStream(NatsLink link, StreamConfig config) {
        this.link = link;
        this.config = config;
        this.subjects = config.subjects().stream().map(SubjectFilter::new).toList();
    }

    @Override
    public Future<PublishAck> publish(String subject, byte[] payload, String messageId, Map<String, String> headers) {
        String operation = "publish to " + subject;
        return link.checked(operation, () -> stored(subject, payload)).compose(valid -> {
            Headers sent = MessageHeaders.of(headers).put(MessageHeaders.EXPECTED_STREAM, config.name());
            if (!messageId.isEmpty()) {
                sent.put(MessageHeaders.MESSAGE_ID, messageId);
            }
            return link.storing(operation, subject, sent, payload)
                    .map(ack -> new PublishAck(ack.getSeqno(), ack.isDuplicate()));
        });
    }

    private String stored(String subject, byte[] payload) {
        SubjectFilter.requireSubject(subject);
        if (subjects.stream().noneMatch(filter -> filter.matches(subject))) {
            throw new BrokerException(Reason.REFUSED, "stream " + config.name() + " does not store subject " + subject);
        }
        if (config.maxMessageBytes() >= 0 && payload.length > config.maxMessageBytes()) {
            throw new BrokerException(
                    Reason.TOO_LARGE,
                    "message of " + payload.length + " bytes to " + subject + ", stream " + config.name() + " takes "
                            + config.maxMessageBytes());
        }
        return subject;
    }

    @Override
    public Future<WorkConsumer> createConsumer(ConsumerConfig wanted) {
        ConsumerConfiguration configuration = ConsumerConfiguration.builder()
                .durable(wanted.name())
                .name(wanted.name())
                .filterSubjects(wanted.filters())
                .ackPolicy(AckPolicy.Explicit)
                .deliverPolicy(DeliverPolicy.All)
                .replayPolicy(ReplayPolicy.Instant)
                .ackWait(wanted.ackWait())
                .maxDeliver(wanted.maxDeliver())
                .maxAckPending(wanted.maxAckPending())
                .inactiveThreshold(wanted.inactiveThreshold())
                .build();
        return link.blocking("create consumer " + wanted.name(), () -> {
            link.management().createConsumer(config.name(), configuration);
            return new NatsConsumer(link, config.name(), wanted);
        });
    }

    @Override
    public Future<Void> shrinkConsumer(String name, List<String> remainingFilters) {
        return link.<@Nullable Void>blocking("shrink consumer " + name, () -> {
            JetStreamManagement management = link.management();
            ConsumerConfiguration present =
                    management.getConsumerInfo(config.name(), name).getConsumerConfiguration();
            List<String> filters = filters(present);
            if (remainingFilters.isEmpty() || !new HashSet<>(filters).containsAll(remainingFilters)) {
                throw new BrokerException(
                        Reason.REFUSED,
                        "consumer " + name + ": expected a non-empty part of " + filters + ", found "
                                + remainingFilters);
            }
            if (new HashSet<>(remainingFilters).size() < filters.size()) {
                management.updateConsumer(
                        config.name(),
                        ConsumerConfiguration.builder(present)
                                .filterSubjects(remainingFilters)
                                .build());
            }
            return null;
        });
    }

    @Override
    public Future<Void> deleteConsumer(String name) {
        return link.<@Nullable Void>blocking("delete consumer " + name, () -> {
            link.management().deleteConsumer(config.name(), name);
            return null;
        });
    }

    @Override
    public Future<List<ConsumerInfo>> consumers() {
        return link.blocking(
                "list consumers of " + config.name(),
                () -> link.management().getConsumers(config.name()).stream()
                        .map(info -> new ConsumerInfo(
                                info.getName(),
                                filters(info.getConsumerConfiguration()),
                                info.getNumPending(),
                                info.getNumAckPending()))
                        .toList());
    }

    private static List<String> filters(ConsumerConfiguration configuration) {
        List<String> filters = configuration.getFilterSubjects();
        return filters == null ? List.of() : filters;
    }

    @Override
    public Future<List<StoredMessage>> read(long fromSequence, int max) {
        return link.blocking("read " + config.name() + " from " + fromSequence, () -> {
            JetStreamManagement management = link.management();
            List<StoredMessage> read = new ArrayList<>();
            long next = Math.max(1, fromSequence);
            try {
                while (read.size() < max) {
                    MessageInfo found = management.getNextMessage(config.name(), next, ">");
                    read.add(stored(found));
                    next = found.getSeq() + 1;
                }
            } catch (JetStreamApiException e) {
                if (NatsErrors.reason(e) != Reason.NOT_FOUND || isMissing(e)) {
                    throw e;
                }
            }
            return read;
        });
    }

    /** Whether the stream itself is missing, other than a message in it. */
    private static boolean isMissing(JetStreamApiException e) {
        return e.getApiErrorCode() == NatsErrors.STREAM_NOT_FOUND;
    }

    private static StoredMessage stored(MessageInfo info) {
        byte[] payload = info.getData();
        return new StoredMessage(
                info.getSeq(),
                info.getSubject(),
                payload == null ? new byte[0] : payload,
                MessageHeaders.toMap(info.getHeaders()));
    }

    @Override
    public Future<Void> delete(long sequence) {
        return link.<@Nullable Void>blocking("delete message " + sequence + " of " + config.name(), () -> {
            link.management().deleteMessage(config.name(), sequence, false);
            return null;
        });
    }

    @Override
    public Future<SortedMap<String, Long>> subjects(String filter, int max) {
        return link.checked("subjects", () -> new SubjectFilter(filter))
                .compose(valid -> link.blocking("subjects of " + config.name(), () -> {
                    TreeMap<String, Long> found = new TreeMap<>();
                    link.management()
                            .getStreamInfo(config.name(), StreamInfoOptions.filterSubjects(valid.pattern()))
                            .getStreamState()
                            .getSubjects()
                            .forEach(subject -> found.put(subject.getName(), subject.getCount()));
                    while (found.size() > max) {
                        found.pollLastEntry();
                    }
                    return found;
                }));
    }

    @Override
    public Future<Long> size() {
        return link.blocking(
                "size of " + config.name(),
                () -> link.management()
                        .getStreamInfo(config.name())
                        .getStreamState()
                        .getMsgCount());
    }
}
