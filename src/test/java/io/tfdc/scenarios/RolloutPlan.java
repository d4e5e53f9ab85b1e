package io.tfdc.scenarios;

/**
 * What a Deployment's controller does next: pure arithmetic of the rolling update. Pods that are terminating are not counted, as in
 * Kubernetes.
 *
 * @param create new pods to create
 * @param removeNew pods of the present template to remove (scale-down)
 * @param removeOld pods of earlier templates to remove
 */
record RolloutPlan(int create, int removeNew, int removeOld) {
    /**
     * How many pods there are.
     *
     * @param newPods pods of the present template
     * @param newReady those of them that are ready
     * @param oldPods pods of earlier templates
     * @param oldReady those of them that are ready
     */
    record Census(int newPods, int newReady, int oldPods, int oldReady) {}

    /** @param surge pods above the wanted number, {@code unavailable} pods below it, at most */
    static RolloutPlan next(int replicas, int surge, int unavailable, Census census) {
        int total = census.newPods() + census.oldPods();
        int create = Math.max(0, Math.min(replicas - census.newPods(), replicas + surge - total));
        int removeNew = Math.max(0, census.newPods() - replicas);
        int minReady = replicas - unavailable;
        int oldNotReady = census.oldPods() - census.oldReady();
        int newNotReady = census.newPods() - census.newReady();
        int mayGo = Math.max(0, total - minReady - newNotReady);
        int brokenFirst = Math.min(oldNotReady, mayGo);
        int ready = census.newReady() + census.oldReady();
        int healthy = Math.max(0, Math.min(census.oldReady(), Math.min(ready - minReady, mayGo - brokenFirst)));
        return new RolloutPlan(create, removeNew, brokenFirst + healthy);
    }

    boolean isNothing() {
        return create == 0 && removeNew == 0 && removeOld == 0;
    }
}
