package io.tfdc.clustersim;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.AssignmentMap.Cause;
import io.tfdc.coordination.LeaderRecord;
import io.tfdc.coordination.StableId;
import io.tfdc.model.ChamberId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One writer of maps per epoch; epochs and versions only grow; a version has one content; and no more chambers move than the cause of a
 * version justifies: after a crash only the orphans, otherwise the newcomers' share and what balance needs.
 */
final class MapCheck {
    private static final int HISTORY = 10;
    /** Share of the chambers that may move to restore balance, beyond orphans and newcomers' shares. */
    private static final double BALANCE_SHARE = 0.5;

    private final World world;
    private final Checks checks;
    private final Map<StableId, Loss> lost = new HashMap<>();
    private final Map<FaultKind, Figures> detected = new EnumMap<>(FaultKind.class);
    private final Map<Long, SimulatedProcess> writers = new HashMap<>();
    private final Deque<AssignmentMap> history = new ArrayDeque<>();
    private @Nullable LeaderRecord leader;
    private int leaders;
    private int versions;
    private int moves;
    private int plannedMoves;

    private record Loss(FaultKind kind, long at) {}

    MapCheck(World world, Checks checks) {
        this.world = world;
        this.checks = checks;
    }

    long epoch() {
        return leader == null ? 0 : leader.epoch();
    }

    @Nullable
    AssignmentMap current() {
        return history.peekFirst();
    }

    @Nullable
    LeaderRecord leader() {
        return leader;
    }

    /** A member vanishes now. */
    void lost(SimulatedProcess process, FaultKind kind) {
        process.view()
                .id()
                .ifPresent(
                        id -> lost.putIfAbsent(id, new Loss(kind, world.time().now())));
    }

    /** A heartbeat of an id arrived. */
    void heard(StableId id) {
        lost.remove(id);
    }

    /** From the loss of a member to the map without it. */
    Map<FaultKind, Figures> detected() {
        return detected;
    }

    private void detect(AssignmentMap before, AssignmentMap map) {
        for (StableId id : before.members()) {
            Loss loss = map.members().contains(id) ? null : lost.remove(id);
            if (loss != null) {
                detected.computeIfAbsent(loss.kind(), kind -> new Figures())
                        .add(world.time().now() - loss.at());
            }
        }
    }

    /** Newest first. */
    List<AssignmentMap> history() {
        return List.copyOf(history);
    }

    void leads() {
        leaders++;
    }

    int leaders() {
        return leaders;
    }

    int versions() {
        return versions;
    }

    int moves() {
        return moves;
    }

    int plannedMoves() {
        return plannedMoves;
    }

    /** A write to the bucket of assignments was accepted. */
    void written(SimulatedProcess process, Object value) {
        if (value instanceof LeaderRecord record) {
            if (record.epoch() <= epoch()) {
                fail(process, "epoch " + record.epoch() + " is claimed after epoch " + epoch());
            }
            leader = record;
            SimulatedProcess other = writers.putIfAbsent(record.epoch(), process);
            if (other != null && other != process) {
                fail(process, "epoch " + record.epoch() + " is claimed by " + other.name() + " and " + process.name());
            }
        } else if (value instanceof AssignmentMap map) {
            written(process, map);
        }
    }

    private void written(SimulatedProcess process, AssignmentMap map) {
        SimulatedProcess other = writers.putIfAbsent(map.epoch(), process);
        if (other != null && other != process) {
            fail(
                    process,
                    "maps of epoch " + map.epoch() + " are written by " + other.name() + " and " + process.name());
        }
        AssignmentMap before = history.peekFirst();
        if (before != null) {
            if (map.version() < before.version()) {
                fail(process, "version " + map.version() + " is written after version " + before.version());
            } else if (map.version() == before.version() && !map.owners().equals(before.owners())) {
                fail(process, "version " + map.version() + " is written with two contents");
            } else if (map.version() > before.version()) {
                detect(before, map);
                compare(process, before, map);
            }
        }
        if (before == null || map.version() > before.version()) {
            versions++;
        }
        history.addFirst(map);
        if (history.size() > HISTORY) {
            history.removeLast();
        }
    }

    private void compare(SimulatedProcess process, AssignmentMap before, AssignmentMap map) {
        int moved = 0;
        List<ChamberId> planned = new ArrayList<>();
        for (Map.Entry<ChamberId, StableId> entry : before.owners().entrySet()) {
            StableId now = map.owners().get(entry.getKey());
            if (now != null && !now.equals(entry.getValue())) {
                moved++;
                if (map.members().contains(entry.getValue())) {
                    planned.add(entry.getKey());
                }
            }
        }
        moves += moved;
        plannedMoves += planned.size();
        int allowed = allowed(before, map);
        if (planned.size() > allowed) {
            checks.fail(
                    Invariant.MOVES_WITHIN_BUDGET,
                    "version " + map.version() + " (" + map.cause() + ") moves " + planned.size()
                            + " chambers of members that stay, " + allowed + " are allowed",
                    Timeline.EVERYBODY,
                    process.name());
        }
    }

    private static int allowed(AssignmentMap before, AssignmentMap map) {
        if (map.cause() == Cause.CRASH) {
            return 0;
        }
        Set<StableId> joined = new HashSet<>(map.members());
        joined.removeAll(before.members());
        Set<StableId> left = new HashSet<>(before.members());
        left.removeAll(map.members());
        int chambers = map.owners().size();
        double share = (double) joined.size() / Math.max(1, map.members().size());
        if (map.cause() == Cause.GRAY_FAILURE || map.cause() == Cause.OPERATOR) {
            // What a member is relieved of on purpose moves too, and that may be as much as anybody has.
            return chambers;
        }
        return (int) Math.ceil(chambers * (share * 1.25 + BALANCE_SHARE))
                + map.members().size();
    }

    private void fail(SimulatedProcess process, String text) {
        checks.fail(Invariant.ONE_MAP_WRITER, text, Timeline.EVERYBODY, process.name());
    }

    /** Ids that the present map knows. */
    Set<StableId> members() {
        AssignmentMap map = current();
        return map == null ? Collections.emptySet() : map.members();
    }
}
