package io.tfdc.cluster;

import io.tfdc.coordination.MemberEffect;
import io.tfdc.coordination.MemberEvent;
import io.tfdc.coordination.StableId;
import io.tfdc.messaging.BrokerException.Reason;
import io.tfdc.model.ChamberId;
import io.tfdc.processing.Slices;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a member does with its consumers, and how processing gets ready for new chambers. */
final class SliceCommands {
    private static final Logger LOG = LoggerFactory.getLogger(SliceCommands.class);

    private final Slices slices;
    private final Consumers consumers;
    private final Function<Set<ChamberId>, Future<Void>> prefetch;
    private final ClusterMetrics metrics;

    SliceCommands(
            Slices slices,
            Consumers consumers,
            Function<Set<ChamberId>, Future<Void>> prefetch,
            ClusterMetrics metrics) {
        this.slices = slices;
        this.consumers = consumers;
        this.prefetch = prefetch;
        this.metrics = metrics;
    }

    /** Carries out an effect that has no answer; false if it is of another kind. */
    boolean command(MemberEffect effect) {
        if (effect instanceof MemberEffect.PauseSlice pause) {
            slices.pause(pause.name()).onFailure(SliceCommands::notDone);
        } else if (effect instanceof MemberEffect.ResumeSlice resume) {
            slices.resume(resume.name()).onFailure(SliceCommands::notDone);
        } else if (effect instanceof MemberEffect.AbandonSlices) {
            slices.abandon().onFailure(SliceCommands::notDone);
        } else {
            return false;
        }
        return true;
    }

    /** The outcome, empty if the effect is of another kind. */
    Optional<Future<MemberEvent>> carryOut(MemberEffect effect) {
        return Optional.ofNullable(outcome(effect));
    }

    private @Nullable Future<MemberEvent> outcome(MemberEffect effect) {
        if (effect instanceof MemberEffect.CreateSlice create) {
            Future<Void> created = metrics.subscription(slices.create(create.name(), create.chambers()))
                    .onSuccess(done -> metrics.added(create.chambers().size()));
            return MemberEffects.outcome(
                    created,
                    done -> new MemberEvent.SliceCreated(create.name()),
                    Reason.FILTER_OVERLAP,
                    new MemberEvent.SliceRefused(create.name()));
        } else if (effect instanceof MemberEffect.ShrinkSlice shrink) {
            int before = slices.chambersOf(shrink.name());
            Future<Void> shrunk = metrics.subscription(slices.shrink(shrink.name(), shrink.remaining()))
                    .onSuccess(done -> metrics.removed(before - slices.chambersOf(shrink.name())));
            return MemberEffects.outcome(
                    shrunk,
                    done -> new MemberEvent.SliceShrunk(shrink.name()),
                    Reason.NOT_FOUND,
                    new MemberEvent.SliceLost(shrink.name()));
        } else if (effect instanceof MemberEffect.DeleteSlice delete) {
            int before = slices.chambersOf(delete.name());
            return metrics.subscription(slices.delete(delete.name()))
                    .onSuccess(done -> metrics.removed(before))
                    .map(done -> new MemberEvent.SliceDeleted(delete.name()));
        } else if (effect instanceof MemberEffect.DeleteLeftovers delete) {
            return consumers
                    .deleteIf(slice -> isLeftover(slice, delete))
                    .map(done -> new MemberEvent.LeftoversDeleted(delete.id()));
        } else if (effect instanceof MemberEffect.Prefetch load) {
            return prefetch.apply(load.chambers()).map(done -> new MemberEvent.Prefetched(load.chambers()));
        }
        return null;
    }

    private static boolean isLeftover(Consumers.Slice slice, MemberEffect.DeleteLeftovers delete) {
        Optional<StableId.SliceOwner> owner = slice.owner();
        return owner.isPresent()
                && owner.get().id().equals(delete.id())
                && !owner.get().incarnation().equals(delete.incarnation());
    }

    /** A slice that can't be paused or resumed is gone, of which the member is told otherwise. */
    private static void notDone(Throwable error) {
        LOG.debug("slice command: {}", error.getMessage());
    }
}
