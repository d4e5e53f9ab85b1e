package io.tfdc.clustersim;

import io.tfdc.clustersim.SimulatedStream.Outcome;
import io.tfdc.coordination.MemberEffect;
import io.tfdc.coordination.MemberEffect.CreateSlice;
import io.tfdc.coordination.MemberEffect.DeleteSlice;
import io.tfdc.coordination.MemberEffect.ShrinkSlice;
import io.tfdc.coordination.MemberEvent;
import java.util.BitSet;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** Carries out what a member wants done with its consumers. */
class SliceDriver {
    private final World world;
    private final SimulatedProcess process;

    SliceDriver(World world, SimulatedProcess process) {
        this.world = world;
        this.process = process;
    }

    void create(CreateSlice create) {
        BitSet filter = world.filter(create.chambers());
        ask(create, () -> world.stream().create(create.name(), filter), (outcome, tell) -> {
            if (outcome == Outcome.DONE) {
                process.workbench().open(create.name());
                tell.accept(new MemberEvent.SliceCreated(create.name()));
            } else {
                tell.accept(new MemberEvent.SliceRefused(create.name()));
            }
        });
    }

    void shrink(ShrinkSlice shrink) {
        BitSet remaining = world.filter(shrink.remaining());
        process.workbench().letGo(shrink.name(), remaining);
        ask(shrink, () -> world.stream().update(shrink.name(), remaining), (outcome, tell) -> {
            if (outcome == Outcome.DONE) {
                tell.accept(new MemberEvent.SliceShrunk(shrink.name()));
            } else {
                process.workbench().close(shrink.name());
                tell.accept(new MemberEvent.SliceLost(shrink.name()));
            }
        });
    }

    void delete(DeleteSlice delete) {
        process.workbench().close(delete.name());
        ask(
                delete,
                () -> world.stream().delete(delete.name()),
                (outcome, tell) -> tell.accept(new MemberEvent.SliceDeleted(delete.name())));
    }

    /** The core's name of a slice, given that of a consumer. */
    String sliceOf(String consumer) {
        return consumer;
    }

    final World world() {
        return world;
    }

    final SimulatedProcess process() {
        return process;
    }

    final void ask(
            MemberEffect effect,
            Supplier<Outcome> operation,
            BiConsumer<Outcome, java.util.function.Consumer<MemberEvent>> answer) {
        process.broker()
                .<Outcome>request(
                        Link.Channel.STREAM,
                        () -> {
                            Outcome outcome = operation.get();
                            world.timeline().note(process.name(), "broker: " + outcome, effect);
                            return outcome;
                        },
                        outcome -> answer.accept(outcome, process.members()::tell),
                        reason -> process.members().tell(new MemberEvent.Failed(effect, reason)));
    }
}
