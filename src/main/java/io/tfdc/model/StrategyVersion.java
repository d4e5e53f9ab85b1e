package io.tfdc.model;

import java.time.Instant;

/**
 * One stored, immutable version of a defense strategy document.
 *
 * @param id strategy id
 * @param version 1 and counting
 * @param yaml the document
 * @param author who stored it
 * @param storedAt when
 */
public record StrategyVersion(String id, int version, String yaml, String author, Instant storedAt) {
    public StrategyVersion {
        Names.token("strategy id", id, 128);
        if (version < 1) {
            throw new IllegalArgumentException("strategy " + id + ": version must be at least 1, found " + version);
        }
    }
}
