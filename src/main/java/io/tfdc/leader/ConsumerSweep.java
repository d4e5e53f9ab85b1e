package io.tfdc.leader;

import io.tfdc.coordination.StableId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Deletes what is left of consumers of incarnations that are no more. After a fence it looks often for a while: a request that its member had
 * sent before it vanished may arrive later, and the consumer that it creates would keep the gainers out.
 */
final class ConsumerSweep {
    private static final long INTERVAL = Duration.ofSeconds(30).toNanos();

    private static final long VIGILANT_INTERVAL = Duration.ofSeconds(1).toNanos();
    private static final long VIGILANCE = Duration.ofSeconds(10).toNanos();

    private final Set<String> fenced = new HashSet<>();
    private long nextAt;
    private long vigilantUntil;

    void begin(long realNanos) {
        nextAt = realNanos + INTERVAL;
        vigilantUntil = realNanos;
    }

    /** The consumers of these incarnations have just been deleted. */
    void fenced(Collection<String> incarnations, long realNanos) {
        if (realNanos - vigilantUntil > 0) {
            fenced.clear();
        }
        fenced.addAll(incarnations);
        nextAt = realNanos + VIGILANT_INTERVAL;
        vigilantUntil = realNanos + VIGILANCE;
    }

    void ask(Errands errands, Turn turn) {
        if (turn.real() >= nextAt && errands.send(new LeaderEffect.ListConsumers(), turn)) {
            nextAt = turn.real() + (turn.real() - vigilantUntil < 0 ? VIGILANT_INTERVAL : INTERVAL);
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

    private boolean abandoned(StableId.SliceOwner owner, Roster roster, long nanos) {
        Member member = roster.member(owner.id());
        boolean living =
                member != null && !member.away() && member.incarnation().equals(owner.incarnation());
        return !living && (fenced.contains(owner.incarnation()) || roster.silent(owner.incarnation(), nanos));
    }
}
