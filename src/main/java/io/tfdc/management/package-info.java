/**
 * The management port of a process: probes and metrics. Roles deploy it; it knows nothing of what they do beyond the health
 * they report.
 */
@NullMarked
package io.tfdc.management;

import org.jspecify.annotations.NullMarked;
