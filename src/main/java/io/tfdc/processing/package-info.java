/**
 * The way of one notification: from the broker's delivery through T-chart, history, calculation and strategy to stored charts,
 * published alarms and the acknowledgement. Roles start it through {@link io.tfdc.processing.Processing}; nobody else calls in.
 */
@NullMarked
package io.tfdc.processing;

import org.jspecify.annotations.NullMarked;
