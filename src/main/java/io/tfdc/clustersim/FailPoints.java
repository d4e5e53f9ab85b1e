package io.tfdc.clustersim;

import io.tfdc.leader.LeaderEffect;
import java.util.ArrayList;
import java.util.List;

/** Kills processes between two steps: just before they carry out an effect, or just after they have sent it off. */
final class FailPoints {
    private final World world;
    private final List<Point> points = new ArrayList<>();

    private static final class Point {
        final boolean atLeader;
        final boolean before;
        int left;

        Point(boolean atLeader, int left, boolean before) {
            this.atLeader = atLeader;
            this.left = left;
            this.before = before;
        }
    }

    FailPoints(World world) {
        this.world = world;
    }

    /** The next process that carries out the n-th effect from now on dies of it. */
    void arm(boolean atLeader, int n, boolean before) {
        points.add(new Point(atLeader, n, before));
    }

    void disarm() {
        points.clear();
    }

    boolean strikes(SimulatedProcess process, Object effect, boolean before) {
        if (points.isEmpty() || Routine.is(effect) || effect instanceof LeaderEffect.LogDecision) {
            return false;
        }
        boolean atLeader = effect instanceof LeaderEffect;
        for (Point point : points) {
            if (point.atLeader == atLeader && point.before == before && --point.left <= 0) {
                points.remove(point);
                world.timeline().note(process.name(), before ? "dies before" : "dies after", effect);
                world.checks().coverage().shock(atLeader ? FaultKind.LEADER_STEP : FaultKind.MEMBER_STEP);
                process.end("is killed");
                return true;
            }
        }
        return false;
    }
}
