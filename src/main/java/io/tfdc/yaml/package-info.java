/**
 * YAML (and JSON) text to an immutable tree whose every node knows its line, column and path, and a strict reader of its
 * mappings. Pure Java on snakeyaml-engine's event parser; configuration and the strategy language stand on it.
 */
@NullMarked
package io.tfdc.yaml;

import org.jspecify.annotations.NullMarked;
