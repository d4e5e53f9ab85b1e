package io.tfdc.api;

import org.jspecify.annotations.Nullable;

/** Numbers as JSON has them: none for what it can't say. */
final class Numbers {
    private Numbers() {}

    /** Null for NaN and the infinities, which stand for an undefined value and a missing limit. */
    static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
