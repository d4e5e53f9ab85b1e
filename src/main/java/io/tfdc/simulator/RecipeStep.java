package io.tfdc.simulator;

/**
 * A step of a recipe.
 *
 * @param number what the step signal shows, from 1
 * @param name for people
 * @param seconds nominal duration
 * @param spreadSeconds standard deviation of the duration (steps that end on an endpoint), 0 for a fixed time
 */
record RecipeStep(int number, String name, double seconds, double spreadSeconds) {}
