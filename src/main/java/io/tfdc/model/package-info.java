/**
 * The vocabulary of fault detection as self-validating records: chambers, contexts, T-charts, U-charts, limits, defense
 * events. Pure Java that everybody may use; it depends on nothing.
 */
@NullMarked
package io.tfdc.model;

import org.jspecify.annotations.NullMarked;
