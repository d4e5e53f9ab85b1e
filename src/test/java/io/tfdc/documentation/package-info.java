/** Tests of the documents: what they name exists, in the program, in the chart or beside them. */
@NullMarked
package io.tfdc.documentation;

import org.jspecify.annotations.NullMarked;
