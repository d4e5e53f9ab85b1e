package io.tfdc.config;

import org.slf4j.event.Level;

/** The log on stderr. */
@Section("The log, written to stderr.")
public record LoggingConfig(
        @Setting(
                value = "Form of a line; `auto` is text on a terminal and JSON otherwise.",
                byDefault = "auto",
                env = "LOG_FORMAT")
        Format format,

        @Setting(value = "Lowest level of Defender's own lines.", byDefault = "info", env = "LOG_LEVEL")
        Level level,

        @Setting(value = "Lowest level of the libraries' lines.", byDefault = "warn")
        Level libraries) {

    /** Forms of a line. */
    public enum Format {
        AUTO,
        TEXT,
        JSON
    }

    public LoggingConfig {
        new Checks(LoggingConfig.class, format, level, libraries).done();
    }
}
