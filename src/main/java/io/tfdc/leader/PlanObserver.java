package io.tfdc.leader;

/**
 * Hears how far a planner has come, so that somebody who has a clock can time its phases. It is called in this order, once each for every
 * plan, by the thread that plans.
 */
public interface PlanObserver {
    /** Nobody listens. */
    PlanObserver NONE = new PlanObserver() {};

    default void began() {}

    /** Every chamber has an owner. */
    default void placed() {}

    /** @param rounds of the weight phase, each of which tried to relieve or fill one member; 0 if all were within bounds */
    default void balanced(int rounds) {}
}
