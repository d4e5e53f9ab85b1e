package io.tfdc.cli;

import io.tfdc.config.ConfigPrinter;
import io.tfdc.config.ConfigReference;
import io.tfdc.config.EffectiveConfig;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code defender config}. */
@Command(
        name = "config",
        description = "Print the configuration in force and where each value came from.",
        footer = {
            "",
            "The output is a configuration file itself; secrets are masked. Exit code 2 means that the configuration is",
            "refused, with all problems on stderr."
        })
final class ConfigCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions options;

    @ArgGroup
    private Output output = new Output();

    /** At most one of these. */
    private static final class Output {
        @Option(names = "--json", description = "Print JSON instead of YAML.")
        private boolean json;

        @Option(names = "--check", description = "Print nothing; the exit code tells whether it is valid.")
        private boolean check;

        @Option(names = "--reference", description = "Print the reference of all settings in Markdown.")
        private boolean reference;
    }

    /** Picocli sets the fields. */
    @SuppressWarnings("NullAway.Init")
    ConfigCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (output.reference) {
            out.print(ConfigReference.markdown());
            return ExitCode.OK;
        }
        EffectiveConfig effective = options.read();
        if (output.json) {
            out.print(ConfigPrinter.json(effective));
        } else if (!output.check) {
            out.print(ConfigPrinter.yaml(effective));
        }
        return ExitCode.OK;
    }
}
