package io.tfdc.config;

/**
 * Where a value came from.
 *
 * @param layer which kind of source
 * @param where the place in it, empty for the default
 */
public record Origin(Layer layer, String where) {
    /** The sources; a later one wins. */
    public enum Layer {
        DEFAULT,
        FILE,
        ENVIRONMENT,
        FLAG
    }

    static final Origin DEFAULT = new Origin(Layer.DEFAULT, "");

    /** {@code default}, {@code defender.yaml:3}, {@code environment NATS_SERVERS}, {@code flag --set nats.stream}. */
    @Override
    public String toString() {
        return switch (layer) {
            case DEFAULT -> "default";
            case FILE -> where;
            case ENVIRONMENT -> "environment " + where;
            case FLAG -> "flag --set " + where;
        };
    }
}
