@NullMarked
package io.tfdc.storage.codec;

import org.jspecify.annotations.NullMarked;
