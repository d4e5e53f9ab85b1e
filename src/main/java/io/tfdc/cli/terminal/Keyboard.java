package io.tfdc.cli.terminal;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The keys of the controlling terminal, one by one and without an echo. {@code stty} makes that so and back again; where it can't be had
 * keys arrive when the line is ended. Ctrl-C keeps its meaning.
 */
public final class Keyboard implements AutoCloseable {
    private static final Path TERMINAL = Path.of("/dev/tty");

    private final Optional<String> before;

    private Keyboard(Optional<String> before) {
        this.before = before;
    }

    /** @param keys told of every key, on a thread of its own; never if there is no terminal */
    public static Keyboard open(Consumer<Key> keys) {
        Optional<String> before = stty("-g").filter(state -> state.matches("[0-9a-fA-F:]{1,500}"));
        before.ifPresent(known -> stty("-icanon", "-echo", "min", "1", "time", "0"));
        Thread reader = new Thread(() -> read(keys), "keyboard");
        reader.setDaemon(true);
        reader.start();
        return new Keyboard(before);
    }

    /** Ends with the process: a thread that waits for a key can't be asked to stop. */
    private static void read(Consumer<Key> keys) {
        Key.Reader reader = new Key.Reader();
        try (InputStream in = new FileInputStream(TERMINAL.toFile())) {
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                reader.accept(octet).ifPresent(keys);
            }
        } catch (IOException noTerminal) {
            // nobody can press a key
        }
    }

    /** What {@code stty} says of the terminal, empty if it can't. */
    private static Optional<String> stty(String... arguments) {
        List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(List.of(arguments));
        try {
            Process stty = new ProcessBuilder(command)
                    .redirectInput(TERMINAL.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(stty.getInputStream().readNBytes(1_000), StandardCharsets.US_ASCII).strip();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroy();
                return Optional.empty();
            }
            return stty.exitValue() == 0 ? Optional.of(answer) : Optional.empty();
        } catch (IOException noStty) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Gives the terminal back as it was. */
    @Override
    public void close() {
        before.ifPresent(Keyboard::stty);
    }
}
