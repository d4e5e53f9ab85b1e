package io.tfdc.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server as a child process, with its data in a folder of its own. */
class ChildProcess implements ServerProcess {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final int port;
    private final List<String> command;
    private @Nullable Process process;

    /**
     * @param folder working directory, deleted in the end
     * @param port the port that the command makes it listen on
     */
    ChildProcess(Path folder, int port, List<String> command) {
        this.folder = folder;
        this.port = port;
        this.command = List.copyOf(command);
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void start() {
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    @Override
    public long pid() {
        if (process == null) {
            throw new IllegalStateException(command.get(0) + " does not run");
        }
        return process.pid();
    }

    @Override
    public void stop() {
        if (process != null) {
            process.destroy();
            Machine.ended(process, PATIENCE);
        }
        kill();
    }

    @Override
    public void kill() {
        Process running = process;
        process = null;
        if (running != null) {
            running.destroyForcibly();
            Machine.ended(running, PATIENCE);
        }
    }

    @Override
    public void freeze() {
        Signals.stop(pid());
    }

    @Override
    public void thaw() {
        Signals.send(pid(), "CONT");
    }

    @Override
    public String log() {
        try {
            return Files.readString(logFile());
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    private Path logFile() {
        return folder.resolve("server.log");
    }

    @Override
    public void close() {
        kill();
        Machine.delete(folder);
    }
}
