package io.tfdc.cli;

import io.tfdc.cli.console.ApiSource;
import io.tfdc.cli.console.ConsoleScreen;
import io.tfdc.cli.console.ConsoleWatch;
import io.tfdc.cli.terminal.Keyboard;
import io.tfdc.cli.terminal.TerminalWindow;
import io.tfdc.config.TlsConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Shows the console in a terminal, or once as text. */
final class ConsoleTask {
    private static final int WIDTH = 160;

    private final URI address;
    private final ApiSource source;

    ConsoleTask(
            URI address,
            Optional<String> token,
            Optional<Path> trust,
            Optional<Path> certificate,
            Optional<Path> privateKey) {
        boolean own = trust.isPresent() || certificate.isPresent();
        if (own && !"https".equals(address.getScheme())) {
            throw CommandException.usage("--trust and --certificate belong to a URL with https");
        }
        if (certificate.isPresent() != privateKey.isPresent()) {
            throw CommandException.usage("--certificate and --private-key belong together");
        }
        Optional<SSLContext> tls =
                own ? TlsContext.of("console", new TlsConfig(true, trust, certificate, privateKey)) : Optional.empty();
        this.address = address;
        this.source = new ApiSource(address, token, tls, Clock.systemUTC(), System::nanoTime);
    }

    int once(PrintWriter out) {
        try {
            ConsoleScreen.whole(source.read(), Optional.empty(), WIDTH).forEach(out::println);
            out.flush();
            return ExitCode.OK;
        } catch (IOException e) {
            throw CommandException.failed("no answer from " + address + ": " + e.getMessage(), e);
        }
    }

    int watch(PrintWriter out, long everyMillis, boolean colours) {
        try (TerminalWindow window = new TerminalWindow(out)) {
            ConsoleWatch watch =
                    new ConsoleWatch(source, new ConsoleScreen(colours), window, Duration.ofMillis(everyMillis));
            Signals.onTermination(watch::stop);
            try (Keyboard keyboard = Keyboard.open(watch::press)) {
                watch.run();
            }
            return ExitCode.OK;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILED;
        }
    }
}
