/**
 * The demonstration: the whole system in one process, fed by the simulator, and the terminal view of it. Only the command
 * {@code demo} uses it.
 */
@NullMarked
package io.tfdc.cli.demo;

import org.jspecify.annotations.NullMarked;
