/**
 * From the samples of one run to its U-chart: decoding of the T-chart's blobs, windows by recipe step, values by plan. Pure and
 * single-threaded per instance; used by the pipeline, back-tests and benchmarks.
 */
@NullMarked
package io.tfdc.uchart;

import org.jspecify.annotations.NullMarked;
