package io.tfdc.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code defender health}: the question of a container's health check, for images without a shell's tools. */
@Command(
        name = "health",
        description = "Ask a running process whether it is ready.",
        footer = {
            "",
            "Asks the process on this machine whose management port is configured, as container engines and 'helm test' do.",
            "Prints its answer; exit code 1 means that it isn't ready or doesn't answer."
        })
final class HealthCommand implements Callable<Integer> {
    private static final int MAX_ANSWER_BYTES = 64 * 1024;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions options;

    @Option(names = "--live", description = "Ask whether it is alive: true even while it waits for a server.")
    private boolean live;

    @Option(names = "--url", paramLabel = "URL", description = "Ask here instead, as http://host:port/path.")
    private @Nullable URI url;

    @Option(
            names = "--timeout",
            paramLabel = "MILLIS",
            description = "Time for the answer (default: ${DEFAULT-VALUE}).",
            defaultValue = "3000")
    private int timeoutMillis;

    /** Picocli sets the fields. */
    @SuppressWarnings("NullAway.Init")
    HealthCommand() {}

    @Override
    public Integer call() {
        URL asked = address();
        try {
            HttpURLConnection connection = (HttpURLConnection) asked.openConnection();
            connection.setConnectTimeout(timeoutMillis);
            connection.setReadTimeout(timeoutMillis);
            int status = connection.getResponseCode();
            spec.commandLine().getOut().println(body(connection, status));
            return status == HttpURLConnection.HTTP_OK ? ExitCode.OK : ExitCode.FAILED;
        } catch (IOException e) {
            throw CommandException.failed("no answer from " + asked + ": " + e.getMessage(), e);
        }
    }

    private URL address() {
        URI uri = url;
        if (uri == null) {
            int port = options.read().config().http().port();
            uri = URI.create("http://127.0.0.1:" + port + (live ? "/health/live" : "/health/ready"));
        }
        try {
            if ("http".equals(uri.getScheme()) && uri.getHost() != null && timeoutMillis > 0) {
                return uri.toURL();
            }
        } catch (MalformedURLException e) {
            // Told below.
        }
        throw CommandException.usage(
                "--url: expected http://host:port/path and --timeout above 0, found " + uri + " and " + timeoutMillis);
    }

    private static String body(HttpURLConnection connection, int status) throws IOException {
        try (InputStream answer = status < HttpURLConnection.HTTP_BAD_REQUEST
                ? connection.getInputStream()
                : connection.getErrorStream()) {
            return answer == null
                    ? "status " + status
                    : new String(answer.readNBytes(MAX_ANSWER_BYTES), StandardCharsets.UTF_8).strip();
        }
    }
}
