package io.tfdc.strategy;

/** Three-valued logic after Kleene: what can't be decided stays so unless the rest decides. */
enum Truth {
    FALSE,
    UNKNOWN,
    TRUE;

    static Truth of(boolean value) {
        return value ? TRUE : FALSE;
    }

    /** FALSE wins, then UNKNOWN. */
    Truth and(Truth other) {
        return compareTo(other) <= 0 ? this : other;
    }

    /** TRUE wins, then UNKNOWN. */
    Truth or(Truth other) {
        return compareTo(other) >= 0 ? this : other;
    }

    Truth not() {
        return switch (this) {
            case TRUE -> FALSE;
            case FALSE -> TRUE;
            case UNKNOWN -> UNKNOWN;
        };
    }
}
