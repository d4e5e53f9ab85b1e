/** The contract of the chart store and what its adapters' tests share. */
@NullMarked
package io.tfdc.storage;

import org.jspecify.annotations.NullMarked;
