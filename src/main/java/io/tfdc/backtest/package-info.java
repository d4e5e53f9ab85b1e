/**
 * Judges recorded or stored runs once more and counts what strategies would have found, falsely alarmed and missed. Pure; the
 * command line feeds it with runs and prints what comes out.
 */
@NullMarked
package io.tfdc.backtest;

import org.jspecify.annotations.NullMarked;
