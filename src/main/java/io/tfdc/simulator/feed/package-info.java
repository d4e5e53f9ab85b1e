/**
 * Plays the data collector: writes the T-charts of simulated or recorded runs to the store and notifies, and compares what comes out
 * with the truth. The demo, the simulator role, tests and benchmarks use it.
 */
@NullMarked
package io.tfdc.simulator.feed;

import org.jspecify.annotations.NullMarked;
