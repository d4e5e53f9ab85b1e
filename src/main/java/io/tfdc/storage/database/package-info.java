/**
 * A SQLite connection with prepared statements and the one thread that works on it, for the file store and the history cache.
 * Nobody else needs it.
 */
@NullMarked
package io.tfdc.storage.database;

import org.jspecify.annotations.NullMarked;
