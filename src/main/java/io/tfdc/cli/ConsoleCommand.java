package io.tfdc.cli;

import io.tfdc.cli.terminal.TerminalWindow;
import io.tfdc.config.ConfigLoader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code defender console}: the web console's twin in a terminal. */
@Command(
        name = "console",
        description = "Watch fleet, alarms and cluster in a terminal, over the HTTP API of any defender.",
        footer = {
            "",
            "Keys: 1 to 4, Tab and arrows change the page, up and down move in it, r asks now, q ends.",
            "Prints once where the output is no terminal. The token is that of $DEFENDER_TOKEN or --token-file.",
            "Examples:",
            "  defender console",
            "  defender console --url https://defender.fab:8080 --trust fab-ca.pem --token-file token",
            "  defender console --once"
        })
final class ConsoleCommand implements Callable<Integer> {
    private static final int MOST_TOKEN_BYTES = 16 * 1024;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions options;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Whom to ask; without it the process on this machine, at api.port.")
    private @Nullable URI url;

    @Option(names = "--token-file", paramLabel = "FILE", description = "File with the token alone.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description = "PEM file of the authorities trusted; without it those of the Java runtime.")
    private @Nullable Path trust;

    @Option(names = "--certificate", paramLabel = "FILE", description = "PEM file with a client certificate chain.")
    private @Nullable Path certificate;

    @Option(names = "--private-key", paramLabel = "FILE", description = "PEM file with its private key (PKCS #8).")
    private @Nullable Path privateKey;

    @Option(
            names = "--every",
            paramLabel = "MILLIS",
            description = "Time between two questions, at least 500 (default: ${DEFAULT-VALUE}).",
            defaultValue = "2000")
    private long everyMillis;

    @Option(names = "--once", description = "Print everything once as plain text, and end.")
    private boolean once;

    /** Picocli sets the fields. */
    @SuppressWarnings("NullAway.Init")
    ConsoleCommand() {}

    @Override
    public Integer call() {
        if (everyMillis < 500 || everyMillis > 3_600_000) {
            throw CommandException.usage("--every: expected 500 to 3600000, found " + everyMillis);
        }
        ConsoleTask task = new ConsoleTask(
                address(),
                token(),
                Optional.ofNullable(trust),
                Optional.ofNullable(certificate),
                Optional.ofNullable(privateKey));
        return once || !TerminalWindow.isStandardOutput(System.getenv())
                ? task.once(spec.commandLine().getOut())
                : task.watch(spec.commandLine().getOut(), everyMillis, System.getenv("NO_COLOR") == null);
    }

    private URI address() {
        URI given = url;
        if (given == null) {
            var api = options.read().config().api();
            String scheme = api.tls().certificate().isPresent() ? "https" : "http";
            return URI.create(scheme + "://127.0.0.1:" + api.port());
        }
        boolean known = "http".equals(given.getScheme()) || "https".equals(given.getScheme());
        if (!known || given.getHost() == null || given.getUserInfo() != null) {
            throw CommandException.usage("--url: expected http://host:port or https://host:port");
        }
        return given;
    }

    /** Never on the command line, where everybody on the machine could read it. */
    private Optional<String> token() {
        Path file = tokenFile;
        String variable = System.getenv().getOrDefault(ConfigLoader.TOKEN_VARIABLE, "");
        if (file == null) {
            return Optional.of(variable.strip()).filter(text -> !text.isEmpty());
        }
        try {
            if (Files.size(file) > MOST_TOKEN_BYTES) {
                throw CommandException.usage("--token-file: expected a file with a token alone: " + file);
            }
            String text = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (!text.matches("[!-~]+")) {
                throw CommandException.usage("--token-file: expected a file with a token alone: " + file);
            }
            return Optional.of(text);
        } catch (IOException e) {
            throw CommandException.usage("--token-file: can't read " + file);
        }
    }
}
