package io.tfdc.mebo;

/**
 * Where in a blob a fault was found. Offsets of {@link MeboFormatException} count from the start of the blob for the
 * header, the tables and the stored (possibly compressed) payloads, and from the start of the decompressed payload for
 * columns.
 */
public enum MeboSection {
    HEADER("header"),
    METRIC_NAMES("metric names"),
    INDEX("index"),
    SHARED_TIMESTAMP_TABLE("shared timestamp table"),
    STORED_TIMESTAMPS("stored timestamps"),
    STORED_VALUES("stored values"),
    STORED_TAGS("stored tags"),
    STORED_TEXT("stored text"),
    TIMESTAMP_COLUMN("timestamp column"),
    VALUE_COLUMN("value column"),
    TAG_COLUMN("tag column"),
    TEXT_COLUMN("text column");

    private final String label;

    MeboSection(String label) {
        this.label = label;
    }

    /** The name used in messages. */
    public String label() {
        return label;
    }
}
