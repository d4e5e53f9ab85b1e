package io.tfdc.cluster;

import io.tfdc.coordination.MemberEffect;
import io.tfdc.coordination.MemberEvent;
import io.tfdc.messaging.BrokerException;
import io.vertx.core.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what a member wants done and tells it the outcomes. Owned by the coordination context. */
final class MemberEffects {
    private static final Logger LOG = LoggerFactory.getLogger(MemberEffects.class);

    private final BucketWrites writes;
    private final SliceCommands slices;
    private final Peers peers;
    private final ElectionDriver election;
    private final ClusterMetrics metrics;
    private final Runnable onLeft;
    private final Consumer<MemberEvent> answers;

    /**
     * @param answers takes the outcomes, on any thread
     * @param onLeft called when the process has left the cluster
     */
    MemberEffects(
            BucketWrites writes,
            SliceCommands slices,
            Peers peers,
            ElectionDriver election,
            ClusterMetrics metrics,
            Consumer<MemberEvent> answers,
            Runnable onLeft) {
        this.metrics = metrics;
        this.writes = writes;
        this.slices = slices;
        this.peers = peers;
        this.election = election;
        this.answers = answers;
        this.onLeft = onLeft;
    }

    void carryOut(MemberEffect effect) {
        if (effect instanceof MemberEffect.AnswerOffer answer) {
            peers.answerOffer(answer);
        } else if (effect instanceof MemberEffect.Campaign campaign) {
            metrics.participates();
            election.enter(campaign.candidate());
        } else if (effect instanceof MemberEffect.Resign) {
            election.leave();
        } else if (effect instanceof MemberEffect.Left) {
            onLeft.run();
        } else if (!slices.command(effect)) {
            writes.carryOut(effect)
                    .or(() -> slices.carryOut(effect))
                    .or(() -> peers.carryOut(effect))
                    .orElseThrow(() -> new IllegalStateException("nobody carries out " + effect))
                    .onSuccess(answers::accept)
                    .onFailure(error -> fail(effect, error));
        }
    }

    private void fail(MemberEffect effect, Throwable error) {
        LOG.atInfo().addKeyValue("effect", effect.getClass().getSimpleName()).log("not done: {}", error.getMessage());
        answers.accept(new MemberEvent.Failed(effect, String.valueOf(error.getMessage())));
    }

    /** The outcome of an effect, where one kind of refusal is an answer and no failure. */
    static <T> Future<MemberEvent> outcome(
            Future<T> done, Function<T, MemberEvent> answer, BrokerException.Reason refusal, MemberEvent refused) {
        return done.map(answer)
                .recover(error -> error instanceof BrokerException broker && broker.reason() == refusal
                        ? Future.succeededFuture(refused)
                        : Future.failedFuture(error));
    }
}
