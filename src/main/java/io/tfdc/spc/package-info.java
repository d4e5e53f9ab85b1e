/**
 * Statistics of fault detection: windows of a trace, indicators, control limits, charts, run rules and multivariate monitors.
 * Pure functions and records without I/O, threads or clocks; any package may use them, they use none of ours.
 */
@NullMarked
package io.tfdc.spc;

import org.jspecify.annotations.NullMarked;
