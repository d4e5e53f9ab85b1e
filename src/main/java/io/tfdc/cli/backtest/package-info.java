/**
 * Replay of recorded or stored runs against strategies: what would they have found, and what not. Only the command
 * {@code backtest} uses it.
 */
@NullMarked
package io.tfdc.cli.backtest;

import org.jspecify.annotations.NullMarked;
