/** Stored runs as a feed for the back-test. For the command line and the API; it knows the store's port and the core alone. */
@NullMarked
package io.tfdc.replay;

import org.jspecify.annotations.NullMarked;
