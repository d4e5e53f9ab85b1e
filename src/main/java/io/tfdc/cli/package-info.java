/**
 * The command line: one class per subcommand, and the wiring of the parts for the role that a process plays. Everything may
 * be used from here and nothing but the entry point depends on this package.
 */
@NullMarked
package io.tfdc.cli;

import org.jspecify.annotations.NullMarked;
