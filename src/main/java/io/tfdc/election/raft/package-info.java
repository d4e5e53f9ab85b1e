/**
 * Leases on a replicated log: Apache Ratis keeps the log on each replica's disk, this package stamps entries, applies them to
 * {@link io.tfdc.election.lease.LeaseState}, and asks whoever leads the log. Used by the Election Agent alone.
 */
@NullMarked
package io.tfdc.election.raft;

import org.jspecify.annotations.NullMarked;
