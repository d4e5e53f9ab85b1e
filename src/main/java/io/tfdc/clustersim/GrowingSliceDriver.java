package io.tfdc.clustersim;

import io.tfdc.clustersim.SimulatedStream.Outcome;
import io.tfdc.coordination.MemberEffect.CreateSlice;
import io.tfdc.coordination.MemberEffect.DeleteSlice;
import io.tfdc.coordination.MemberEffect.ShrinkSlice;
import io.tfdc.coordination.MemberEvent;
import io.tfdc.model.ChamberId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** {@link Sabotage#UPDATE_TO_ADD}: one consumer that grows, whatever slices the core thinks it has. */
final class GrowingSliceDriver extends SliceDriver {
    private final Map<String, Set<ChamberId>> slices = new LinkedHashMap<>();
    private String consumer = "";

    GrowingSliceDriver(World world, SimulatedProcess process) {
        super(world, process);
    }

    @Override
    void create(CreateSlice create) {
        if (!process().workbench().has(consumer)) {
            slices.clear();
            consumer = create.name();
            slices.put(create.name(), create.chambers());
            super.create(create);
            return;
        }
        slices.put(create.name(), create.chambers());
        ask(create, () -> world().stream().update(consumer, world().filter(all())), (outcome, tell) -> {
            if (outcome == Outcome.DONE) {
                tell.accept(new MemberEvent.SliceCreated(create.name()));
            } else {
                slices.remove(create.name());
                tell.accept(new MemberEvent.SliceRefused(create.name()));
            }
        });
    }

    @Override
    void shrink(ShrinkSlice shrink) {
        slices.put(shrink.name(), shrink.remaining());
        process().workbench().letGo(consumer, world().filter(all()));
        ask(
                shrink,
                () -> world().stream().update(consumer, world().filter(all())),
                (outcome, tell) -> tell.accept(new MemberEvent.SliceShrunk(shrink.name())));
    }

    @Override
    void delete(DeleteSlice delete) {
        slices.remove(delete.name());
        if (all().isEmpty()) {
            process().workbench().close(consumer);
            ask(
                    delete,
                    () -> world().stream().delete(consumer),
                    (outcome, tell) -> tell.accept(new MemberEvent.SliceDeleted(delete.name())));
        } else {
            process().workbench().letGo(consumer, world().filter(all()));
            ask(
                    delete,
                    () -> world().stream().update(consumer, world().filter(all())),
                    (outcome, tell) -> tell.accept(new MemberEvent.SliceDeleted(delete.name())));
        }
    }

    private Set<ChamberId> all() {
        Set<ChamberId> all = new TreeSet<>();
        slices.values().forEach(all::addAll);
        return all;
    }
}
