package io.tfdc.coordination;

import io.tfdc.model.ChamberId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings the consumers of this process in line with the map: takes out what the map gives to others as soon as nothing of it is at work,
 * deletes what would be empty, opens what nobody else has, merges when there are too many.
 */
final class SlicePlanner {
    private final Outbox out;
    private final MapFollower follower;
    private final Workload work;
    private final SliceTable table = new SliceTable();
    private final Gains gains;
    private final SliceMerge merge;

    private int created;
    private boolean restless = true;
    private boolean draining;
    private boolean forced;

    SlicePlanner(ClusterSettings settings, Outbox out, Jitter jitter, MapFollower follower, Workload work) {
        this.out = out;
        this.follower = follower;
        this.work = work;
        this.gains = new Gains(settings, out, jitter);
        this.merge = new SliceMerge(settings, out);
    }

    SliceTable table() {
        return table;
    }

    /** Nothing is left of an earlier life. */
    void clear(long nanos) {
        for (Slice slice : table.slices()) {
            out.forget(Answers.slice(slice.name()));
        }
        table.clear();
        gains.clear();
        merge.clear(nanos);
        created = 0;
        restless = true;
    }

    /** Something has changed: the next reconciliation has to look. */
    void touch() {
        restless = true;
    }

    /** From now on nothing is opened, and what is idle is deleted; forced, also what is not. */
    void drain(boolean force) {
        restless |= !draining || force != forced;
        draining = true;
        forced = force;
    }

    /** Whether work on the chamber may begin, as far as the consumers are concerned. */
    boolean serves(ChamberId chamber) {
        Slice slice = table.of(chamber);
        return !draining && slice != null && slice.serves(chamber) && follower.isClear(chamber);
    }

    /** Whether the chamber is still in a consumer, and is this process's own or has work at hand that the next owner waits for. */
    boolean keeps(ChamberId chamber) {
        Slice slice = table.of(chamber);
        return slice != null
                && slice.serves(chamber)
                && (follower.owned().contains(chamber) || work.isAtWork(chamber) && follower.isReleasing(chamber));
    }

    /** Chambers of others that this process may still have. */
    Set<ChamberId> holding() {
        Set<ChamberId> holding = new HashSet<>();
        for (Set<ChamberId> present : List.of(table.chambers(), work.chambers())) {
            for (ChamberId chamber : present) {
                if (!follower.owned().contains(chamber)) {
                    holding.add(chamber);
                }
            }
        }
        return holding;
    }

    void prefetched(Set<ChamberId> chambers) {
        gains.prefetched(chambers);
        restless = true;
    }

    /** Somebody else deleted a consumer. */
    void lost(String name) {
        Slice slice = table.named(name);
        if (slice != null) {
            out.forget(Answers.slice(name));
            table.remove(slice);
            gains.ended(name);
            restless = true;
        }
    }

    /** Takes an answer that comes too late: a consumer that nobody counts on any more is deleted. */
    void stray(MemberEvent answer, Optional<StableId> id, String incarnation, Now now) {
        if (answer instanceof MemberEvent.SliceCreated late
                && table.named(late.name()) == null
                && id.isPresent()
                && StableId.ownerOf(late.name()).equals(Optional.of(new StableId.SliceOwner(id.get(), incarnation)))) {
            table.add(new Slice(late.name(), Set.of(), Slice.Phase.DELETING, now.nanos()));
            restless = true;
        }
    }

    void answered(MemberEffect effect, MemberEvent answer, Now now) {
        restless = true;
        boolean failed = answer instanceof MemberEvent.Failed;
        if (effect instanceof MemberEffect.CreateSlice create) {
            Slice slice = table.named(create.name());
            if (slice == null) {
                return;
            }
            if (answer instanceof MemberEvent.SliceRefused) {
                table.remove(slice);
                gains.refused(slice.name(), table.size(), now.nanos());
            } else {
                slice.enter(failed ? Slice.Phase.DELETING : Slice.Phase.ACTIVE);
                gains.ended(slice.name());
            }
        } else if (effect instanceof MemberEffect.ShrinkSlice shrink) {
            settled(table.named(shrink.name()), failed, now.nanos());
        } else if (effect instanceof MemberEffect.DeleteSlice delete) {
            settled(table.named(delete.name()), failed, now.nanos());
        }
    }

    private void settled(@Nullable Slice slice, boolean failed, long nanos) {
        if (slice == null) {
            return;
        }
        if (failed) {
            slice.retryAt(nanos + Jitter.retry());
        } else if (slice.phase() == Slice.Phase.DELETING) {
            table.remove(slice);
        } else {
            table.shrunk(slice);
        }
    }

    /** To be called while the lease is valid and what an earlier incarnation left is deleted. */
    void reconcile(StableId id, String incarnation, Now now) {
        boolean mergeDue = !draining && merge.isDue(table, follower, id.number(), now.nanos());
        if (!restless && !mergeDue) {
            return;
        }
        restless = false;
        boolean wait = !draining && merge.advance(table, follower, work, gains, now.nanos());
        for (Slice slice : table.slices()) {
            reduce(slice, now);
        }
        if (!draining && !wait) {
            open(id, incarnation, now);
        }
        if (mergeDue && !restless && isSettled()) {
            merge.begin(table, follower, now.nanos());
        }
        restless |= merge.isActive();
    }

    private boolean isSettled() {
        return table.live().stream()
                .allMatch(slice -> slice.phase() == Slice.Phase.ACTIVE && !out.awaits(Answers.slice(slice.name())));
    }

    private void reduce(Slice slice, Now now) {
        if (out.awaits(Answers.slice(slice.name()))) {
            return;
        }
        if (now.nanos() - slice.retryAt() < 0) {
            restless = true;
            return;
        }
        if (draining && slice.phase() == Slice.Phase.ACTIVE && !slice.isPaused()) {
            slice.pause(true);
            out.tell(new MemberEffect.PauseSlice(slice.name()));
        }
        boolean idle = slice.chambers().stream().noneMatch(work::isAtWork);
        boolean doomed = draining || slice.isDoomed();
        if (slice.phase() == Slice.Phase.DELETING || doomed && idle || draining && forced) {
            delete(slice, now);
            return;
        }
        for (ChamberId chamber : slice.chambers()) {
            if (!follower.owned().contains(chamber) && !work.isAtWork(chamber)) {
                slice.leaving().add(chamber);
            }
        }
        if (slice.leaving().size() == slice.chambers().size()) {
            delete(slice, now);
        } else if (!slice.leaving().isEmpty()) {
            Set<ChamberId> remaining = new HashSet<>(slice.chambers());
            remaining.removeAll(slice.leaving());
            out.ask(new MemberEffect.ShrinkSlice(slice.name(), remaining), now);
        }
    }

    private void delete(Slice slice, Now now) {
        slice.enter(Slice.Phase.DELETING);
        out.ask(new MemberEffect.DeleteSlice(slice.name()), now);
    }

    private void open(StableId id, String incarnation, Now now) {
        Set<ChamberId> takeable = new HashSet<>();
        boolean complete = true;
        for (ChamberId chamber : follower.owned()) {
            if (!table.has(chamber)) {
                if (follower.awaited().contains(chamber)) {
                    complete = false;
                } else {
                    takeable.add(chamber);
                }
            }
        }
        restless |= !complete;
        int left = takeable.size();
        for (Gains.Batch batch : gains.due(takeable, complete, now.nanos())) {
            String name = id.slice(incarnation, created++);
            table.add(new Slice(name, batch.chambers(), Slice.Phase.CREATING, now.nanos()));
            gains.asked(name, batch);
            out.ask(new MemberEffect.CreateSlice(name, Set.copyOf(batch.chambers())), now);
            left -= batch.chambers().size();
        }
        restless |= left > 0;
    }
}
