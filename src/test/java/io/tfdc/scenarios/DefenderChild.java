package io.tfdc.scenarios;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.testing.Signals;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A {@code defender} command in a child process, started from this test run's classes. */
final class DefenderChild implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String MAIN = "io.tfdc.Main";

    /**
     * What to start and who listens.
     *
     * @param maxHeap as {@code -Xmx} takes it
     * @param main main class
     * @param environment variables besides the inherited ones
     * @param lines gets every line of output on the child's reading thread
     */
    record Launch(
            String maxHeap,
            String main,
            List<String> arguments,
            Map<String, String> environment,
            Consumer<String> lines) {}

    private final Process process;
    private final Consumer<String> lines;
    private final List<String> output = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch ready = new CountDownLatch(1);
    private final Thread reader;

    private DefenderChild(Process process, Consumer<String> lines) {
        this.process = process;
        this.lines = lines;
        this.reader = new Thread(this::read, "child-output");
        reader.setDaemon(true);
        reader.start();
    }

    static DefenderChild start(List<String> arguments) {
        return start(new Launch("256m", MAIN, arguments, Map.of(), line -> {}));
    }

    static DefenderChild start(Launch launch) {
        return start(ChildImage.shared().java(launch.maxHeap()), launch);
    }

    /** @param jvm the command before the main class */
    static DefenderChild start(List<String> jvm, Launch launch) {
        List<String> command = new ArrayList<>(jvm);
        command.add(launch.main());
        command.addAll(launch.arguments());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(launch.environment());
        try {
            return new DefenderChild(builder.start(), launch.lines());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DefenderChild awaitReady() throws InterruptedException {
        assertTrue(ready.await(PATIENCE.toSeconds(), TimeUnit.SECONDS), () -> "not ready:\n" + output());
        return this;
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** SIGKILL, without waiting. */
    void killAtOnce() {
        process.destroyForcibly();
    }

    /** SIGTERM, without waiting. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** SIGSTOP. */
    void freeze() {
        Signals.stop(pid());
    }

    /** SIGCONT. */
    void thaw() {
        Signals.send(pid(), "CONT");
    }

    int awaitExit() throws InterruptedException {
        assertTrue(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), () -> "still running:\n" + output());
        reader.join(PATIENCE.toMillis());
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Its exit code once it has ended. */
    int exitCode() {
        return process.exitValue();
    }

    /** What it printed, but for the lines about single runs. */
    String output() {
        return String.join("\n", List.copyOf(output));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void read() {
        try (BufferedReader from =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = from.readLine(); line != null; line = from.readLine()) {
                if (!line.contains("\"run completed\"")) {
                    output.add(line);
                }
                if (line.contains("READY")) {
                    ready.countDown();
                }
                lines.accept(line);
            }
        } catch (IOException e) {
            output.add("output ended: " + e);
        }
    }
}
