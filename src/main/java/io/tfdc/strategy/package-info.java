/**
 * The defense strategy language: YAML documents compiled to closures that turn a run's values and its history into U-chart,
 * limits and defense events. Pure and deterministic; the pipeline, the checker and the back-test call it through
 * {@link io.tfdc.strategy.StrategyBook}.
 */
@NullMarked
package io.tfdc.strategy;

import org.jspecify.annotations.NullMarked;
