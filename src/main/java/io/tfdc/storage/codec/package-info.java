/**
 * How charts, limits and events look as bytes in a store: compact, versioned and checked when they are read. Pure; the store
 * adapters use it, and whoever publishes a defense event as JSON.
 */
@NullMarked
package io.tfdc.storage.codec;

import org.jspecify.annotations.NullMarked;
