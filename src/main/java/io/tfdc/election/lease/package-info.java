/**
 * What an election service remembers: leases that end by a time passed in. Pure: commands and the time go in, answers come out. Used by
 * the Election Agent on its replicated log and by the embedded service.
 */
@NullMarked
package io.tfdc.election.lease;

import org.jspecify.annotations.NullMarked;
