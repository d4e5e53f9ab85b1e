/** The entry point of the program. Nothing depends on this package. */
@NullMarked
package io.tfdc;

import org.jspecify.annotations.NullMarked;
