/**
 * Following a run from the collector through the broker to its acknowledgement: the port that pipeline and collector speak to. The
 * adapter is chosen by the command line alone; without one {@link io.tfdc.tracing.Tracing#OFF} does nothing.
 */
@NullMarked
package io.tfdc.tracing;

import org.jspecify.annotations.NullMarked;
