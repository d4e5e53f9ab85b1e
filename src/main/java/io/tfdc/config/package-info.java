/**
 * The configuration as typed, validated records, and the reader that fills them from defaults, file, environment and flags.
 * Every role may read its section; the section never knows who reads it.
 */
@NullMarked
package io.tfdc.config;

import org.jspecify.annotations.NullMarked;
