/**
 * A terminal to draw on and to read keys from, by control sequences and {@code stty} alone. What commands show there is theirs.
 */
@NullMarked
package io.tfdc.cli.terminal;

import org.jspecify.annotations.NullMarked;
