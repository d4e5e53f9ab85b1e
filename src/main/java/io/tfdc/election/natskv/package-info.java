/** Elections by a key in a bucket of the message broker, for sites without Election Agents. */
@NullMarked
package io.tfdc.election.natskv;

import org.jspecify.annotations.NullMarked;
