package io.tfdc.clustersim;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.LeaderRecord;
import io.tfdc.coordination.MemberView;
import io.tfdc.coordination.ReleaseRecord;
import io.tfdc.coordination.StableId;
import io.tfdc.model.ChamberId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the cluster is at rest: one leader, every chamber with its owner alone, nothing left over, nothing pending. */
final class ConvergenceCheck {
    private final World world;

    ConvergenceCheck(World world) {
        this.world = world;
    }

    /** What is not as it should be, in words; empty if all is well. */
    Optional<String> flaw() {
        return leadership()
                .or(this::membership)
                .or(this::map)
                .or(this::consumers)
                .or(this::work);
    }

    private Optional<String> leadership() {
        List<SimulatedProcess> leaders =
                world.living().stream().filter(SimulatedProcess::leads).toList();
        if (leaders.size() != 1) {
            return Optional.of(leaders.size() + " processes lead");
        }
        LeaderRecord record = world.checks().maps().leader();
        boolean recorded = record != null
                && record.incarnation().equals(leaders.get(0).view().incarnation());
        return recorded ? Optional.empty() : Optional.of("the leader has not claimed an epoch");
    }

    private Optional<String> membership() {
        if (!world.orchestrator().isAtRest()) {
            return Optional.of("the orchestrator is not at rest");
        }
        return world.living().stream()
                .filter(process ->
                        process.view().id().isEmpty() || !process.view().leaseValid())
                .map(process -> process.name() + " is " + process.view().state() + " without id or lease")
                .findFirst();
    }

    private Optional<String> map() {
        AssignmentMap map = world.checks().maps().current();
        if (map == null) {
            return Optional.of("there is no map");
        }
        if (map.epoch() != world.checks().maps().epoch()) {
            return Optional.of("the map has epoch " + map.epoch() + " instead of "
                    + world.checks().maps().epoch());
        }
        List<String> held = held(map);
        if (!held.isEmpty()) {
            return Optional.of(held.size() + " chambers are not released: " + Wording.few(held));
        }
        if (map.owners().size() != world.chambers().size()) {
            return Optional.of(map.owners().size() + " of " + world.chambers().size() + " chambers have owners");
        }
        if (map.members().size() != world.orchestrator().desired()) {
            return Optional.of("the map has members " + map.members() + ", "
                    + world.orchestrator().desired() + " are intended");
        }
        return Optional.empty();
    }

    /** Chambers that somebody besides their owner may still have, as map and release records say. */
    private List<String> held(AssignmentMap map) {
        return map.releasing().entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .filter(holder -> !isReleased(entry.getKey(), holder))
                        .map(holder -> entry.getKey() + " by " + holder.id() + " since " + holder.sinceVersion()))
                .toList();
    }

    private boolean isReleased(ChamberId chamber, AssignmentMap.Releasing holder) {
        return world.assignments()
                .get(ReleaseRecord.PREFIX + holder.id())
                .filter(entry -> entry.value() instanceof ReleaseRecord release
                        && release.covers(chamber, holder.sinceVersion()))
                .isPresent();
    }

    private Optional<String> consumers() {
        Map<StableId, SimulatedProcess> members = new HashMap<>();
        Map<StableId, Integer> slices = new HashMap<>();
        for (SimulatedProcess process : world.living()) {
            process.view().id().ifPresent(id -> members.put(id, process));
        }
        for (String name : world.stream().consumers().keySet()) {
            Optional<StableId.SliceOwner> owner = StableId.ownerOf(name);
            SimulatedProcess process = owner.map(o -> members.get(o.id())).orElse(null);
            if (owner.isEmpty() || process == null || !isOf(process.view(), owner.get())) {
                return Optional.of("consumer " + name + " is left over");
            }
            slices.merge(owner.get().id(), 1, Integer::sum);
        }
        Optional<String> tooMany = slices.entrySet().stream()
                .filter(entry -> entry.getValue() > world.cluster().maxSlices())
                .map(entry -> entry.getKey() + " has " + entry.getValue() + " slices")
                .findFirst();
        return tooMany.or(this::owners);
    }

    private static boolean isOf(MemberView view, StableId.SliceOwner owner) {
        return view.incarnation().equals(owner.incarnation());
    }

    private Optional<String> owners() {
        AssignmentMap map = world.checks().maps().current();
        for (int chamber = 0; chamber < world.chambers().size(); chamber++) {
            SimulatedProcess active = world.checks().coverage().coveredBy(chamber);
            int holders = world.stream().holders(chamber).size();
            StableId owner = map == null ? null : map.owners().get(world.chamber(chamber));
            if (active == null || owner == null || !active.view().id().equals(Optional.of(owner)) || holders != 1) {
                return Optional.of(world.chamber(chamber) + " of " + owner + " is active at "
                        + (active == null ? "nobody" : active.name()) + " and in " + holders + " consumers");
            }
        }
        return Optional.empty();
    }

    private Optional<String> work() {
        return world.stream().size() > 0
                ? Optional.of(world.stream().size() + " messages are pending")
                : world.checks().effects().missing();
    }
}
