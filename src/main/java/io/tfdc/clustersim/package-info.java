/**
 * The cluster on virtual time: the production cores of {@code coordination} and {@code leader} against a simulated broker, election service,
 * store, network and orchestrator, with faults, and with checks of what the protocol promises. One thread, one seed: equal seeds give
 * equal runs. Entry points are {@link io.tfdc.clustersim.Simulation} and {@link io.tfdc.clustersim.Scenario}.
 */
@NullMarked
package io.tfdc.clustersim;

import org.jspecify.annotations.NullMarked;
