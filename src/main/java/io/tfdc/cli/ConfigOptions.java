package io.tfdc.cli;

import io.tfdc.config.ConfigException;
import io.tfdc.config.ConfigLoader;
import io.tfdc.config.DefenderConfig;
import io.tfdc.config.EffectiveConfig;
import io.tfdc.config.LoggingConfig;
import io.tfdc.logging.Logging;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** The options of every command that is configured; a mixin. */
final class ConfigOptions {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "YAML file; without it the one that $DEFENDER_CONFIG names, if any.")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "SECTION.KEY=VALUE",
            description = "Changes one setting over file and environment; repeatable.")
    private List<String> assignments = new ArrayList<>();

    /** The configuration in force; a refused one ends the command with {@link ExitCode#USAGE} and all problems. */
    EffectiveConfig read() {
        try {
            return ConfigLoader.load(Optional.ofNullable(file), System.getenv(), assignments);
        } catch (ConfigException e) {
            throw CommandException.usage("the configuration is refused:\n  "
                    + String.join("\n  ", e.problems())
                    + "\n'defender config --reference' explains all settings.");
        }
    }

    /** Reads the configuration for a process that starts working: sets up the log as it says. */
    DefenderConfig apply() {
        EffectiveConfig effective = read();
        LoggingConfig logging = effective.config().logging();
        Logging.Form form = switch (logging.format()) {
            case AUTO -> Logging.automatic();
            case TEXT -> Logging.text();
            case JSON -> Logging.Form.JSON;
        };
        Logging.apply(form, logging.level(), logging.libraries());
        Logger log = LoggerFactory.getLogger(ConfigOptions.class);
        effective.unused().forEach((name, instead) -> log.warn("{} is set and has no effect: {}", name, instead));
        return effective.config();
    }
}
