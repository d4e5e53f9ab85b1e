/**
 * The port to the message broker: work streams, key-value buckets, plain publish and request. Adapters live in the
 * sub-packages {@code nats} and {@code embedded}; everybody else knows only the interfaces here.
 */
@NullMarked
package io.tfdc.messaging;

import org.jspecify.annotations.NullMarked;
