/**
 * Runs for demonstration and replay: simulated fabs and recorded traces.
 * The demo, the simulator role and the back-test use it; nothing that runs in production depends on it.
 */
@NullMarked
package io.tfdc.simulator;

import org.jspecify.annotations.NullMarked;
