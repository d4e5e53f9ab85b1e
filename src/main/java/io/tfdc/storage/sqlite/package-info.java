/**
 * The chart store on a SQLite file for demo, simulation and tests, and the connection that the history cache shares. Not for
 * production: one process, one file.
 */
@NullMarked
package io.tfdc.storage.sqlite;

import org.jspecify.annotations.NullMarked;
