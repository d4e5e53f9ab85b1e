/**
 * The form of log lines: text for people, JSON lines for machines, both with the key/values of the event. Set up by the
 * command line; everybody else logs through slf4j alone.
 */
@NullMarked
package io.tfdc.logging;

import org.jspecify.annotations.NullMarked;
