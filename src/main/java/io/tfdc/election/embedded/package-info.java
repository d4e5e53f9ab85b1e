/** Elections within one process, for tests and for sites of one process. */
@NullMarked
package io.tfdc.election.embedded;

import org.jspecify.annotations.NullMarked;
