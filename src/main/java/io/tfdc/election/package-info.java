/**
 * Who leads: the port to an election service. What a candidate does with it is in {@link io.tfdc.coordination.Leadership}. Adapters are in
 * sub-packages, the Election Agent itself in {@code agent}.
 */
@NullMarked
package io.tfdc.election;

import org.jspecify.annotations.NullMarked;
