package io.tfdc.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Sends signals to processes that a test started. */
public final class Signals {
    private Signals() {}

    /** Stops a process and waits until none of its threads runs any more, which takes a moment after the signal. */
    public static void stop(long pid) {
        send(pid, "STOP");
        VertxTestKit.eventually("process " + pid + " is stopped", () -> isStopped(pid));
    }

    /** Where the system doesn't tell, the signal has to do. */
    private static boolean isStopped(long pid) {
        Path threads = Path.of("/proc", Long.toString(pid), "task");
        if (!Files.isDirectory(threads)) {
            return true;
        }
        try (Stream<Path> all = Files.list(threads)) {
            return all.allMatch(thread -> state(thread.resolve("stat")) == 'T');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The letter behind the name in brackets, proc(5); {@code T} also for a thread that has just ended. */
    private static char state(Path stat) {
        try {
            String line = Files.readString(stat);
            return line.charAt(line.lastIndexOf(')') + 2);
        } catch (IOException ended) {
            return 'T';
        }
    }

    /** Sends {@code STOP}, {@code CONT}, {@code TERM} or {@code KILL} to one process. */
    public static void send(long pid, String signal) {
        try {
            int exit = new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill -" + signal + ' ' + pid + " ended with " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
