package io.tfdc.clustersim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps the intended number of pods running, as a Deployment does: restarts, replacements, rolling updates that wait for readiness. */
final class Orchestrator {
    /** From SIGTERM to SIGKILL. */
    private static final long GRACE = 30 * VirtualTime.SECOND;

    private static final long POLL = 500 * VirtualTime.MILLI;

    private final World world;
    private final List<Pod> pods = new ArrayList<>();
    private final List<Pod> outdated = new ArrayList<>();
    private int desired;
    private int created;
    private int surge;
    private int unavailable;

    Orchestrator(World world) {
        this.world = world;
    }

    /** The intended number of members. */
    int desired() {
        return desired;
    }

    /** Whether nothing is being rolled, started or ended. */
    boolean isAtRest() {
        return outdated.isEmpty() && pods.size() == desired && pods.stream().allMatch(Pod::isReady);
    }

    void start(int members) {
        desired = members;
        for (int i = 0; i < members; i++) {
            create(world.chance().millis(0, 2_500));
        }
        poll();
    }

    private void create(long delay) {
        Pod pod = new Pod(world, this, "pod-" + created++);
        pods.add(pod);
        world.time().after(delay, pod::startContainer);
    }

    /** The container of a pod has ended. */
    void ended(Pod pod) {
        if (!pod.isTerminating()) {
            world.time().after(world.chance().millis(600, 3_000), pod::startContainer);
        } else if (!pod.isGone()) {
            pod.markGone();
            pods.remove(pod);
            outdated.remove(pod);
        }
    }

    Optional<Pod> podOf(SimulatedProcess process) {
        return pods.stream().filter(pod -> pod.isRunning(process)).findFirst();
    }

    /** Pods that are not on their way out. */
    List<Pod> current() {
        return pods.stream().filter(pod -> !pod.isTerminating()).toList();
    }

    void scale(int members) {
        world.timeline().note("orchestrator", "scales to", members);
        desired = members;
    }

    void delete(Pod pod) {
        world.timeline().note("orchestrator", "deletes", pod.name());
        pod.delete(GRACE);
    }

    /** Replaces all pods, so many more or fewer than intended at a time. */
    void roll(int moreAtATime, int fewerAtATime) {
        world.timeline().note("orchestrator", "rolls", "surge " + moreAtATime + ", unavailable " + fewerAtATime);
        outdated.clear();
        outdated.addAll(current());
        surge = moreAtATime;
        unavailable = fewerAtATime;
    }

    boolean isRolling() {
        return !outdated.isEmpty();
    }

    private void poll() {
        world.time().after(POLL, this::poll);
        List<Pod> current = current();
        int most = desired + (outdated.isEmpty() ? 0 : surge);
        for (int missing = current.size(); missing < most && (missing < desired || isUpdateShort()); missing++) {
            create(world.chance().millis(800, 3_000));
        }
        if (outdated.isEmpty()) {
            removeSuperfluous(current);
        } else {
            removeOutdated(current());
        }
    }

    /** Whether fewer new pods than intended exist. */
    private boolean isUpdateShort() {
        return current().stream().filter(pod -> !outdated.contains(pod)).count() < desired;
    }

    private void removeSuperfluous(List<Pod> current) {
        List<Pod> candidates = new ArrayList<>(current);
        for (int left = current.size(); left > desired; left--) {
            Pod victim = world.chance().pick(candidates);
            candidates.remove(victim);
            delete(victim);
        }
    }

    private void removeOutdated(List<Pod> current) {
        long ready = current.stream().filter(Pod::isReady).count();
        for (Pod pod : List.copyOf(outdated)) {
            if (pod.isTerminating()) {
                continue;
            }
            if (!pod.isReady()) {
                delete(pod);
            } else if (ready > desired - unavailable) {
                delete(pod);
                ready--;
            }
        }
    }
}
