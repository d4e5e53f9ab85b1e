/**
 * The port to the chart store: T-charts, U-charts, limits, defense events, strategies and chamber metadata. Adapters live in
 * the sub-packages {@code cassandra} and {@code sqlite}; the history cache in {@code cache} stands in front of any of them.
 */
@NullMarked
package io.tfdc.storage;

import org.jspecify.annotations.NullMarked;
