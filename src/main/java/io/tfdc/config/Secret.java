package io.tfdc.config;

/** A text that must not be shown: printing it gives stars. */
public final class Secret {
    /** What stands for a secret wherever it would be printed. */
    public static final String MASK = "***";

    private final String value;

    public Secret(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a secret must not be empty");
        }
        this.value = value;
    }

    /** The text itself, for the one place that authenticates. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return MASK;
    }
}
