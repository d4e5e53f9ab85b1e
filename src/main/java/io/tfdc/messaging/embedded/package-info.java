/**
 * An in-process broker that keeps JetStream's promises: work-queue exclusivity, redelivery, deduplication, revisions, expiry. For the demo,
 * tests and simulation; it forgets everything when the process ends and is not for production.
 */
@NullMarked
package io.tfdc.messaging.embedded;

import org.jspecify.annotations.NullMarked;
