package io.tfdc.mebo;

import org.jspecify.annotations.Nullable;

/** One numeric metric with its columns, ready to be placed. */
record EncodedMetric(long id, @Nullable String name, int count, byte[] timestamps, byte[] values, byte[] tags) {}
