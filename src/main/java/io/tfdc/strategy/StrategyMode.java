package io.tfdc.strategy;

/** Whether a strategy's findings count. */
public enum StrategyMode {
    /** Its events are published and its actions asked for. */
    ACTIVE("active"),
    /** It is evaluated and its events are stored, nothing more. */
    DRY_RUN("dry-run"),
    /** It isn't evaluated. */
    OFF("off");

    private final String text;

    StrategyMode(String text) {
        this.text = text;
    }

    /** As the document writes it. */
    public String text() {
        return text;
    }

    static StrategyMode parse(String text) {
        for (StrategyMode mode : values()) {
            if (mode.text.equals(text)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("mode: expected active, dry-run or off, found \"" + text + '"');
    }
}
