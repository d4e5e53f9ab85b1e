/**
 * The chart store on Cassandra, its schema and the migrations that make it. The wiring alone knows these classes; everybody else
 * sees the port.
 */
@NullMarked
package io.tfdc.storage.cassandra;

import org.jspecify.annotations.NullMarked;
