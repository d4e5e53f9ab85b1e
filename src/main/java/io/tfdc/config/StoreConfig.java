package io.tfdc.config;

import java.nio.file.Path;

/** Which chart store a process uses. */
@Section("Where charts, events and limits are kept.")
public record StoreConfig(
        @Setting(value = "The adapter; `sqlite` is for one process on one machine.", byDefault = "cassandra")
        Kind kind,

        @Setting(value = "Database file of the `sqlite` store.", byDefault = "defender.db")
        Path file) {

    /** The adapters. */
    public enum Kind {
        CASSANDRA,
        SQLITE
    }

    public StoreConfig {
        new Checks(StoreConfig.class, kind, file).done();
    }
}
