package io.tfdc.leader;

import io.tfdc.coordination.StableId;
import io.tfdc.model.ChamberId;

/** What an operator can ask of the leader. */
public sealed interface OperatorCommand {
    /** How the cluster stands. */
    record Status() implements OperatorCommand {}

    /** What would happen with another number of members; nothing is changed. */
    record PlanFor(int size) implements OperatorCommand {}

    /** Move all chambers away from a member and give it none. */
    record Drain(StableId id) implements OperatorCommand {}

    /** Give a member no further chambers. */
    record Cordon(StableId id) implements OperatorCommand {}

    /** Take back a cordon or a drain. */
    record Uncordon(StableId id) implements OperatorCommand {}

    /** Move nothing but orphans. */
    record Pause() implements OperatorCommand {}

    record Resume() implements OperatorCommand {}

    /** Tie a chamber to a member. */
    record Pin(ChamberId chamber, StableId id) implements OperatorCommand {}

    record Unpin(ChamberId chamber) implements OperatorCommand {}

    /** Balance now, without regard to hysteresis, within the budget. */
    record Rebalance() implements OperatorCommand {}

    /** Give every chamber the owner that it had in an earlier version, as far as that is a member. */
    record Rollback(long version) implements OperatorCommand {}

    /** Set the intended number of members; 0 takes it back. */
    record Target(int size) implements OperatorCommand {}

    /** Why a chamber is where it is. */
    record Explain(ChamberId chamber) implements OperatorCommand {}
}
