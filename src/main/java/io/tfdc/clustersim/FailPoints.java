package io.tfdc.clustersim;

import io.tfdc.leader.LeaderEffect;
import java.util.ArrayList;
import java.util.List;

/** Strikes processes between two steps: just before they carry out an effect, or just after they have sent it off. */
final class FailPoints {
    private final World world;
    private final List<Point> points = new ArrayList<>();

    /** What becomes of the process. */
    enum Fate {
        GOES_ON,
        DIES,
        /** It goes on with the same step later. */
        FREEZES
    }

    private static final class Point {
        final boolean atLeader;
        final boolean before;
        final long freeze;
        int left;

        Point(boolean atLeader, int left, boolean before, long freeze) {
            this.atLeader = atLeader;
            this.left = left;
            this.before = before;
            this.freeze = freeze;
        }
    }

    FailPoints(World world) {
        this.world = world;
    }

    /**
     * The next process that carries out the n-th effect from now on is struck.
     *
     * @param freeze nanoseconds for which it freezes, 0 if it dies
     */
    void arm(boolean atLeader, int n, boolean before, long freeze) {
        points.add(new Point(atLeader, n, before, freeze));
    }

    void disarm() {
        points.clear();
    }

    Fate meet(SimulatedProcess process, Object effect, boolean before) {
        if (points.isEmpty() || Routine.is(effect) || effect instanceof LeaderEffect.LogDecision) {
            return Fate.GOES_ON;
        }
        boolean atLeader = effect instanceof LeaderEffect;
        for (Point point : points) {
            if (point.atLeader == atLeader && point.before == before && --point.left <= 0) {
                points.remove(point);
                return strike(process, effect, point);
            }
        }
        return Fate.GOES_ON;
    }

    private Fate strike(SimulatedProcess process, Object effect, Point point) {
        FaultKind kind = point.atLeader ? FaultKind.LEADER_STEP : FaultKind.MEMBER_STEP;
        String when = point.before ? " before" : " after";
        if (point.freeze > 0) {
            world.timeline().note(process.name(), "freezes" + when, effect);
            world.injector().freeze(kind, process, point.freeze);
            return Fate.FREEZES;
        }
        world.timeline().note(process.name(), "dies" + when, effect);
        world.checks().coverage().shock(kind);
        process.end("is killed");
        return Fate.DIES;
    }
}
