/**
 * The console in a terminal: asks the HTTP API every few seconds and draws what it answers. Only the command {@code console} uses it.
 */
@NullMarked
package io.tfdc.cli.console;

import org.jspecify.annotations.NullMarked;
