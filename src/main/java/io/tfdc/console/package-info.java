/**
 * The web console's side of the server: its files, the bridge from the event bus to browsers, and the tap that shows what travels on the
 * bus. It reads; everything that changes goes through the API.
 */
@NullMarked
package io.tfdc.console;

import org.jspecify.annotations.NullMarked;
