package io.tfdc.leader;

import io.tfdc.coordination.StableId;
import io.tfdc.model.ChamberId;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What operators may ask for, and what of it is stored. */
final class OperatorRules {
    private static final int MAX_PINS = 10_000;

    private final Set<StableId> members;
    private final Catalog catalog;
    private final int maxMembers;

    /**
     * A wish as judged.
     *
     * @param state what is to be stored, empty if the wish is refused
     * @param text what is done, or why nothing is
     */
    record Ruling(Optional<OperatorState> state, String text) {
        static Ruling refused(String why) {
            return new Ruling(Optional.empty(), why);
        }

        static Ruling granted(OperatorState state, String text) {
            return new Ruling(Optional.of(state), text);
        }
    }

    OperatorRules(Set<StableId> members, Catalog catalog, int maxMembers) {
        this.members = members;
        this.catalog = catalog;
        this.maxMembers = maxMembers;
    }

    Ruling judge(OperatorCommand command, OperatorState state) {
        if (command instanceof OperatorCommand.Drain drain) {
            return drain(drain.id(), state);
        }
        if (command instanceof OperatorCommand.Cordon cordon) {
            return cordon(cordon.id(), state);
        }
        if (command instanceof OperatorCommand.Uncordon uncordon) {
            return uncordon(uncordon.id(), state);
        }
        if (command instanceof OperatorCommand.Pin pin) {
            return pin(pin.chamber(), pin.id(), state);
        }
        if (command instanceof OperatorCommand.Unpin unpin) {
            return unpin(unpin.chamber(), state);
        }
        if (command instanceof OperatorCommand.Target target) {
            return target(target.size(), state);
        }
        if (command instanceof OperatorCommand.Pause) {
            return Ruling.granted(
                    withPaused(state, true), "paused: no chamber moves but those of members that are gone");
        }
        if (command instanceof OperatorCommand.Resume) {
            return Ruling.granted(withPaused(state, false), "resumed");
        }
        return Ruling.refused("nothing to store for " + command);
    }

    private Ruling drain(StableId id, OperatorState state) {
        if (!members.contains(id)) {
            return Ruling.refused(id + " is not a member");
        }
        boolean others = members.stream()
                .anyMatch(member -> !member.equals(id)
                        && !state.drained().contains(member)
                        && !state.cordoned().contains(member));
        if (!others) {
            return Ruling.refused(id + " is the last member that can have chambers");
        }
        return Ruling.granted(
                withMarks(state, with(state.cordoned(), id), with(state.drained(), id)),
                id + " is drained" + whenResumed(state));
    }

    private Ruling cordon(StableId id, OperatorState state) {
        return members.contains(id)
                ? Ruling.granted(
                        withMarks(state, with(state.cordoned(), id), state.drained()), id + " gets no further chambers")
                : Ruling.refused(id + " is not a member");
    }

    private static Ruling uncordon(StableId id, OperatorState state) {
        return state.cordoned().contains(id) || state.drained().contains(id)
                ? Ruling.granted(
                        withMarks(state, without(state.cordoned(), id), without(state.drained(), id)),
                        id + " may have chambers again")
                : Ruling.refused(id + " is neither cordoned nor drained");
    }

    private Ruling pin(ChamberId chamber, StableId id, OperatorState state) {
        if (!catalog.knows(chamber)) {
            return Ruling.refused("chamber " + chamber + " is not known");
        }
        if (!members.contains(id)) {
            return Ruling.refused(id + " is not a member");
        }
        if (state.drained().contains(id)) {
            return Ruling.refused(id + " is drained; uncordon it first");
        }
        if (state.pins().size() >= MAX_PINS && !state.pins().containsKey(chamber)) {
            return Ruling.refused("there are " + MAX_PINS + " pins already");
        }
        TreeMap<ChamberId, StableId> pins = new TreeMap<>(state.pins());
        pins.put(chamber, id);
        return Ruling.granted(withPins(state, pins), chamber + " is pinned to " + id + whenResumed(state));
    }

    private static Ruling unpin(ChamberId chamber, OperatorState state) {
        if (!state.pins().containsKey(chamber)) {
            return Ruling.refused("chamber " + chamber + " is not pinned");
        }
        TreeMap<ChamberId, StableId> pins = new TreeMap<>(state.pins());
        pins.remove(chamber);
        return Ruling.granted(withPins(state, pins), chamber + " is no longer pinned");
    }

    private Ruling target(int size, OperatorState state) {
        if (size < 0 || size > maxMembers) {
            return Ruling.refused("target: expected 0 to " + maxMembers + ", found " + size);
        }
        OptionalInt target = size == 0 ? OptionalInt.empty() : OptionalInt.of(size);
        return Ruling.granted(
                new OperatorState(state.paused(), state.cordoned(), state.drained(), state.pins(), target),
                size == 0 ? "the target is taken back" : "the target is " + Journal.count(size, "member"));
    }

    private static String whenResumed(OperatorState state) {
        return state.paused() ? "; nothing moves before resume" : "";
    }

    private static OperatorState withPaused(OperatorState state, boolean paused) {
        return new OperatorState(paused, state.cordoned(), state.drained(), state.pins(), state.target());
    }

    private static OperatorState withMarks(
            OperatorState state, SortedSet<StableId> cordoned, SortedSet<StableId> drained) {
        return new OperatorState(state.paused(), cordoned, drained, state.pins(), state.target());
    }

    private static OperatorState withPins(OperatorState state, SortedMap<ChamberId, StableId> pins) {
        return new OperatorState(state.paused(), state.cordoned(), state.drained(), pins, state.target());
    }

    private static SortedSet<StableId> with(SortedSet<StableId> ids, StableId id) {
        TreeSet<StableId> more = new TreeSet<>(ids);
        more.add(id);
        return more;
    }

    private static SortedSet<StableId> without(SortedSet<StableId> ids, StableId id) {
        TreeSet<StableId> fewer = new TreeSet<>(ids);
        fewer.remove(id);
        return fewer;
    }
}
