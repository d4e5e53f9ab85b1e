/**
 * Who leads: the port to an election service, and what a candidate does with it ({@link io.tfdc.election.Leadership}, pure). Adapters are in
 * sub-packages, the Election Agent itself in {@code agent}.
 */
@NullMarked
package io.tfdc.election;

import org.jspecify.annotations.NullMarked;
