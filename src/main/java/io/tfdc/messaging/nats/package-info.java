/**
 * The message broker on NATS JetStream 2.10 and newer. Only the program's entry point knows {@link io.tfdc.messaging.nats.NatsBroker};
 * everybody else uses the port in {@code io.tfdc.messaging}.
 */
@NullMarked
package io.tfdc.messaging.nats;

import org.jspecify.annotations.NullMarked;
