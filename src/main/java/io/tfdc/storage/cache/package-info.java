/**
 * Recent U-charts in memory, in front of any chart store. The defender that owns a chamber keeps its history here; what the cache
 * answers is what the store would answer, as long as nobody else writes charts of the chamber.
 */
@NullMarked
package io.tfdc.storage.cache;

import org.jspecify.annotations.NullMarked;
