/**
 * The protocol by which defenders form a cluster (docs/decisions/0008-coordination-protocol.md): who is who, leases, the map of assignments,
 * hand-over, and what a member does about all that. Pure: events and the time go in, effects come out. The leader's side is in
 * {@code leader}; verticles that carry effects out are in {@code cluster}.
 */
@NullMarked
package io.tfdc.coordination;

import org.jspecify.annotations.NullMarked;
