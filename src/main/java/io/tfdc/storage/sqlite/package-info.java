/**
 * The chart store on a SQLite file for demo, simulation and tests, for one process and one file. Not for
 * production.
 */
@NullMarked
package io.tfdc.storage.sqlite;

import org.jspecify.annotations.NullMarked;
