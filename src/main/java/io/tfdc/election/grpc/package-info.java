/** The defender's side of the Election Agent's protocol. */
@NullMarked
package io.tfdc.election.grpc;

import org.jspecify.annotations.NullMarked;
