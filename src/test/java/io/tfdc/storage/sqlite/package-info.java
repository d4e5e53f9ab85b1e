@NullMarked
package io.tfdc.storage.sqlite;

import org.jspecify.annotations.NullMarked;
