package io.tfdc.strategy;

/**
 * A strategy document as text.
 *
 * @param name file name or {@code id@version}, shown in errors
 * @param yaml the document, YAML or JSON
 */
public record StrategySource(String name, String yaml) {}
