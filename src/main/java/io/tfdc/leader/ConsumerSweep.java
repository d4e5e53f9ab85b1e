package io.tfdc.leader;

import io.tfdc.coordination.StableId;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/** Deletes what is left of consumers of incarnations that are no more. */
final class ConsumerSweep {
    private static final long INTERVAL = Duration.ofSeconds(30).toNanos();

    private long nextAt;

    void begin(long realNanos) {
        nextAt = realNanos + INTERVAL;
    }

    void ask(Errands errands, Turn turn) {
        if (turn.real() >= nextAt && errands.send(new LeaderEffect.ListConsumers(), turn)) {
            nextAt = turn.real() + INTERVAL;
        }
    }

    void seen(Collection<String> consumers, Roster roster, Turn turn) {
        for (String consumer : consumers) {
            Optional<StableId.SliceOwner> owner = StableId.ownerOf(consumer);
            if (owner.isPresent() && abandoned(owner.get(), roster, turn.nanos())) {
                turn.emit(new LeaderEffect.DeleteConsumer(consumer));
            }
        }
    }

    private static boolean abandoned(StableId.SliceOwner owner, Roster roster, long nanos) {
        Member member = roster.member(owner.id());
        boolean living = member != null && member.incarnation().equals(owner.incarnation());
        return !living && roster.silent(owner.incarnation(), nanos);
    }
}
