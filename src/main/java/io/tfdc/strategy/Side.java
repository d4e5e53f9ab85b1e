package io.tfdc.strategy;

/** Which direction counts. */
enum Side {
    BOTH,
    UPPER,
    LOWER;

    boolean upper() {
        return this != LOWER;
    }

    boolean lower() {
        return this != UPPER;
    }
}
