package io.tfdc.cluster;

import io.tfdc.coordination.Heartbeat;
import io.tfdc.coordination.MemberEffect;
import io.tfdc.coordination.MemberEvent;
import io.tfdc.messaging.BrokerException;
import io.tfdc.messaging.BrokerException.Reason;
import io.tfdc.messaging.MessageBroker;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Talk between processes on their private subjects: probes of the leader, which are answered here, grants and offers of ids, which the member
 * decides about. Owned by the coordination context.
 */
final class Peers {
    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
    private static final Duration OFFER_TIMEOUT = Duration.ofSeconds(2);
    private static final int MAX_OPEN_OFFERS = 100;

    private final MessageBroker broker;
    private final ClusterNames names;
    private final ClusterBuckets buckets;
    private final Consumer<MemberEvent> events;
    private final Map<Long, MessageBroker.Delivery> offers = new LinkedHashMap<>();
    private long lastTicket;
    private String listening = "";
    /** Of whom it is in the log that nobody listens: it is tried at every tick while the broker is away. */
    private String reported = "";

    private @Nullable Future<MessageBroker.Subscription> subscription;

    /** @param events told of grants and offers */
    Peers(MessageBroker broker, ClusterNames names, ClusterBuckets buckets, Consumer<MemberEvent> events) {
        this.broker = broker;
        this.names = names;
        this.buckets = buckets;
        this.events = events;
    }

    /** Listens as this incarnation and as no other. */
    void listenAs(String incarnation) {
        if (listening.equals(incarnation)) {
            return;
        }
        Future<MessageBroker.Subscription> before = subscription;
        listening = incarnation;
        subscription = broker.subscribe(names.memberSubject(incarnation), delivery -> receive(incarnation, delivery))
                .onFailure(error -> {
                    if (!reported.equals(incarnation)) {
                        reported = incarnation;
                        LOG.info("not listening as {}: {}", incarnation, error.getMessage());
                    }
                    if (listening.equals(incarnation)) {
                        listening = "";
                    }
                });
        if (before != null) {
            before.onSuccess(MessageBroker.Subscription::cancel);
        }
    }

    Future<Void> close() {
        Future<MessageBroker.Subscription> open = subscription;
        subscription = null;
        return open == null
                ? Future.succeededFuture()
                : open.compose(MessageBroker.Subscription::cancel).otherwiseEmpty();
    }

    /** The outcome, empty if the effect is of another kind. */
    Optional<Future<MemberEvent>> carryOut(MemberEffect effect) {
        if (effect instanceof MemberEffect.FindStandbys) {
            return Optional.of(BucketSnapshot.read(buckets.heartbeats())
                    .map(found -> new MemberEvent.StandbysFound(standbys(found.keySet()))));
        } else if (effect instanceof MemberEffect.OfferId offer) {
            return Optional.of(offer(offer));
        }
        return Optional.empty();
    }

    private static List<String> standbys(Collection<String> keys) {
        return keys.stream()
                .filter(key -> key.startsWith(Heartbeat.STANDBY_PREFIX))
                .map(key -> key.substring(Heartbeat.STANDBY_PREFIX.length()))
                .toList();
    }

    /** Nobody there, or an answer that says so, is a refusal; no answer leaves it open. */
    private Future<MemberEvent> offer(MemberEffect.OfferId offer) {
        byte[] message = new PeerMessage.Offer(offer.incarnation(), offer.id(), offer.revision()).encode();
        Future<Boolean> accepted = broker.request(names.memberSubject(offer.incarnation()), message, OFFER_TIMEOUT)
                .map(PeerMessage::accepted);
        return accepted.recover(error -> error instanceof BrokerException e && e.reason() == Reason.NO_RESPONDERS
                        ? Future.succeededFuture(false)
                        : Future.failedFuture(error))
                .map(answer -> new MemberEvent.OfferAnswered(offer.incarnation(), answer));
    }

    void answerOffer(MemberEffect.AnswerOffer answer) {
        MessageBroker.Delivery delivery = offers.remove(answer.ticket());
        if (delivery != null) {
            delivery.reply(PeerMessage.answer(answer.accepted()))
                    .onFailure(error -> LOG.info("offer not answered: {}", error.getMessage()));
        }
    }

    private void receive(String incarnation, MessageBroker.Delivery delivery) {
        PeerMessage message = PeerMessage.decode(delivery.payload()).orElse(null);
        if (message instanceof PeerMessage.Probe) {
            delivery.reply(PeerMessage.answer(true))
                    .onFailure(error -> LOG.debug("probe not answered: {}", error.getMessage()));
        } else if (message instanceof PeerMessage.Grant grant
                && grant.incarnation().equals(incarnation)) {
            events.accept(new MemberEvent.GrantReceived(incarnation, grant.id()));
        } else if (message instanceof PeerMessage.Offer offer
                && offer.incarnation().equals(incarnation)) {
            offers.put(++lastTicket, delivery);
            offers.keySet().removeIf(ticket -> ticket <= lastTicket - MAX_OPEN_OFFERS);
            events.accept(new MemberEvent.OfferReceived(incarnation, offer.id(), offer.revision(), lastTicket));
        } else {
            LOG.debug("a message on the private subject of {} is not understood", incarnation);
        }
    }
}
