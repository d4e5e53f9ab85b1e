package io.tfdc.leader;

/** Assigns chambers to members. Deterministic: the order of chambers and members in the request doesn't matter. */
public interface AssignmentPlanner {
    Plan plan(PlanRequest request);
}
