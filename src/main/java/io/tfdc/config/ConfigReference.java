package io.tfdc.config;

import java.util.List;
import java.util.stream.Collectors;

/** Writes the reference of all settings, which is {@code docs/configuration.md}. */
public final class ConfigReference {
    private static final String INTRODUCTION = """
            # Configuration

            <!-- Made from the records in src/main/java/io/tfdc/config: `defender config --reference`. Don't edit. -->

            Every setting has a default. A YAML file changes it (`--config FILE`, or the file that `DEFENDER_CONFIG` names), an
            environment variable wins over the file, and `--set section.key=value` (repeatable) wins over all. A key, a flag or a
            `DEFENDER_` variable that isn't known is refused, and so is a bad value in any layer, overridden or not: the process
            ends with exit code 2 and a list of all problems, each with its place, the path, and what was expected.

                defender config                  # the configuration in force, and where each value came from
                defender config --json           # the same for machines
                defender config --check          # only whether it is valid
                defender config > defender.yaml  # a file to start from

            **Notation.** Durations carry a unit: `500ms`, `30s`, `1.5m`, `24h`, `3d`. Data sizes too: `64kB` and `1.5GB` count in
            powers of 1,000, `100MiB` in powers of 1,024. Lists are YAML lists; in variables and flags their items are separated by
            commas. Paths are relative to the working directory.

            **Variables.** Each setting has a general variable (`DEFENDER_PROCESSING_ACK_WAIT`) in the notation of the file. Some
            have a short name besides, which existing deployments use; where the table says so its value is a bare number in the
            unit given. Two names of one setting with different values are refused. An empty variable counts as not set. What
            Kubernetes injects for services (`DEFENDER_SERVICE_HOST`, `DEFENDER_PORT=tcp://...`) is ignored.

            **Secrets** are masked wherever the configuration is shown, and are not taken from flags, which other users of a
            machine can see. Each variable of a secret has a twin with `_FILE` behind its name that names a file holding the
            secret, as mounted by Kubernetes.
            """;

    private ConfigReference() {}

    /** The whole document in Markdown. */
    public static String markdown() {
        StringBuilder out = new StringBuilder(INTRODUCTION);
        Schema.of(DefenderConfig.class).sections().values().forEach(section -> section(section, out));
        out.append("""

                ## Accepted without effect

                Existing deployments set these variables for mechanisms that the [coordination protocol](decisions/0008-coordination-protocol.md)
                has replaced. They are checked and have no effect: a process that finds one set warns at its start, `defender config` lists it.

                | Variable | Value | Instead |
                |---|---|---|
                """);
        SupersededVariables.ALL.forEach((name, superseded) ->
                out.append("| `" + name + "` | " + superseded.kind().expected + " | " + superseded.instead() + " |\n"));
        return out.toString();
    }

    private static void section(Schema section, StringBuilder out) {
        String name = section.path().substring(0, section.path().length() - 1);
        out.append("\n## `")
                .append(name)
                .append("`\n\n")
                .append(section.description())
                .append("\n\n");
        out.append("| Setting | Value | Default | Variables | Meaning |\n|---|---|---|---|---|\n");
        section.settings().values().forEach(setting -> row(setting, out));
        section.sections().values().stream()
                .flatMap(child -> child.settings().values().stream())
                .forEach(setting -> row(setting, out));
    }

    private static void row(Definition setting, StringBuilder out) {
        String bounds = setting.bounds();
        List<String> cells = List.of(
                '`' + setting.path() + '`',
                setting.type().name() + (bounds.isEmpty() ? "" : ", " + bounds),
                setting.setting().byDefault().isEmpty()
                        ? (setting.type().shape() == ValueType.Shape.LIST ? "none" : "not set")
                        : '`' + setting.setting().byDefault() + '`',
                variables(setting),
                setting.setting().value());
        out.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String variables(Definition setting) {
        return setting.variables().stream()
                .map(name -> '`'
                        + name
                        + '`'
                        + (setting.unitOf(name).isEmpty() ? "" : " (a number of " + setting.unitOf(name) + ")")
                        + (setting.type().secret() ? ", `" + name + "_FILE`" : ""))
                .collect(Collectors.joining(", "));
    }
}
