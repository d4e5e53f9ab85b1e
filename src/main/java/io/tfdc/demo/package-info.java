/**
 * The demonstration: the whole system in one process, fed by the simulator, and the terminal view of it. The command line starts it;
 * nothing else depends on it.
 */
@NullMarked
package io.tfdc.demo;

import org.jspecify.annotations.NullMarked;
