@NullMarked
package io.tfdc.storage.cassandra;

import org.jspecify.annotations.NullMarked;
