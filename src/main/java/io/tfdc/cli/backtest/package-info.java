/**
 * Feeds a back-test with runs from files and stores, and prints what came out. Only the command {@code backtest} uses it.
 */
@NullMarked
package io.tfdc.cli.backtest;

import org.jspecify.annotations.NullMarked;
