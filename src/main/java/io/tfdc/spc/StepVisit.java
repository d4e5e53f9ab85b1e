package io.tfdc.spc;

/**
 * One uninterrupted stay in a recipe step.
 *
 * @param step step number
 * @param occurrence which visit of this step, from 1
 * @param from first position on the step signal's axis
 * @param to position after the last
 * @param startMicros time of the first sample
 * @param lastMicros time of the last sample
 */
public record StepVisit(int step, int occurrence, int from, int to, long startMicros, long lastMicros) {}
