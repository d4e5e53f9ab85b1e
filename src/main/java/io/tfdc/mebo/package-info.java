/**
 * The Mebo wire codec: opens, decodes and writes blobs of numeric and text time series, bit for bit as the Go library
 * does, without I/O, threads or clocks. Storage, collector, processing and command line use it; it depends on nothing
 * of Defender.
 */
@NullMarked
package io.tfdc.mebo;

import org.jspecify.annotations.NullMarked;
