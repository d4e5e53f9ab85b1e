@NullMarked
package io.tfdc.storage.cache;

import org.jspecify.annotations.NullMarked;
