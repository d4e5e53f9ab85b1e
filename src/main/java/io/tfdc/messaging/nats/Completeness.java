package io.tfdc.messaging.nats;

import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether everything has arrived that the server has delivered. It numbers its deliveries; one that is missing, as after a break of the connection,
 * would come again only when its time is up, far behind its successors. Then the consumer is deleted, which frees everything that is not
 * settled at once: whoever opens another one gets all of it in its old order. Guarded by its consumer, whose lock the callbacks hold.
 */
final class Completeness {
    private static final Logger LOG = LoggerFactory.getLogger(NatsBroker.class);
    private static final long RETRY_MILLIS = 200;

    private final NatsLink link;
    private final ConsumerAtServer server;
    private final Object guard;
    private final Runnable onSure;
    private final Runnable onGone;
    private long last;
    private boolean sure;
    /** Counts begins, breaks and ends: an answer to what was asked before the last of them says nothing. */
    private long turn;

    /**
     * @param guard lock of the consumer
     * @param onSure nothing is missing
     * @param onGone the consumer does not exist, or not any more
     */
    Completeness(NatsLink link, ConsumerAtServer server, Object guard, Runnable onSure, Runnable onGone) {
        this.link = link;
        this.server = server;
        this.guard = guard;
        this.onSure = onSure;
        this.onGone = onGone;
    }

    /** @param deliveries how many the server has made so far */
    void begin(long deliveries) {
        turn++;
        last = deliveries;
        sure = true;
    }

    void end() {
        turn++;
        sure = false;
    }

    /** Whether more may be asked for. */
    boolean isSure() {
        return sure;
    }

    /** The connection was lost, and perhaps something with it. */
    void broken() {
        sure = false;
        ask(++turn);
    }

    /** Takes a delivery; false if one before it is missing, so that it is left for the next consumer. */
    boolean take(long delivery) {
        if (sure && delivery > last + 1) {
            giveUp(++turn);
        }
        last = sure ? delivery : last;
        return sure;
    }

    private void ask(long asked) {
        server.deliveries(ConsumerAtServer.SHORT).onComplete(answer -> {
            if (answer.succeeded()) {
                inTurn(asked, () -> answered(answer.result()));
            } else {
                link.vertx().setTimer(RETRY_MILLIS, id -> inTurn(asked, () -> ask(asked)));
            }
        });
    }

    private void answered(OptionalLong deliveries) {
        if (deliveries.isEmpty()) {
            delete(++turn); // to be certain
        } else if (deliveries.getAsLong() > last) {
            giveUp(++turn);
        } else {
            sure = true;
            onSure.run();
        }
    }

    private void giveUp(long asked) {
        sure = false;
        LOG.info("consumer {}: deliveries were lost, everything is delivered anew", server.name());
        delete(asked);
    }

    private void delete(long asked) {
        server.delete().onComplete(done -> {
            if (done.succeeded()) {
                inTurn(asked, onGone);
            } else {
                link.vertx().setTimer(RETRY_MILLIS, id -> inTurn(asked, () -> delete(asked)));
            }
        });
    }

    private void inTurn(long asked, Runnable step) {
        synchronized (guard) {
            if (asked == turn) {
                step.run();
            }
        }
    }
}
