package io.tfdc.clustersim;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.StableId;
import io.tfdc.leader.OperatorCommand;
import io.tfdc.leader.OperatorState;
import java.util.ArrayList;
import java.util.List;

/** What operators ask for at random, and how it is taken back. */
final class OperatorWishes {
    private static final int KINDS = 7;

    private OperatorWishes() {}

    static List<OperatorCommand> draw(World world, Chance chance) {
        AssignmentMap map = world.checks().maps().current();
        if (map == null || map.members().size() < 2) {
            return List.of();
        }
        StableId id = chance.pick(List.copyOf(map.members()));
        return switch (chance.between(1, KINDS)) {
            case 1 -> List.of(new OperatorCommand.Drain(id));
            case 2 -> List.of(new OperatorCommand.Cordon(id));
            case 3 -> List.of(new OperatorCommand.Pause());
            case 4 -> List.of(new OperatorCommand.Pin(chance.pick(world.chambers()), id));
            case 5 -> List.of(new OperatorCommand.Rollback(Math.max(1, map.version() - 1)));
            case 6 -> List.of(new OperatorCommand.Uncordon(id), new OperatorCommand.Resume());
            default -> List.of(new OperatorCommand.Rebalance());
        };
    }

    /** What takes back all that stands in the bucket. */
    static List<OperatorCommand> undone(World world) {
        OperatorState state = world.assignments()
                .get(OperatorState.KEY)
                .map(entry -> (OperatorState) entry.value())
                .orElse(OperatorState.NONE);
        List<OperatorCommand> undone = new ArrayList<>();
        if (state.paused()) {
            undone.add(new OperatorCommand.Resume());
        }
        state.cordoned().forEach(id -> undone.add(new OperatorCommand.Uncordon(id)));
        state.drained().stream()
                .filter(id -> !state.cordoned().contains(id))
                .forEach(id -> undone.add(new OperatorCommand.Uncordon(id)));
        state.pins().keySet().forEach(chamber -> undone.add(new OperatorCommand.Unpin(chamber)));
        return undone;
    }
}
