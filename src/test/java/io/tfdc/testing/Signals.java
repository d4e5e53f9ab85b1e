package io.tfdc.testing;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Sends signals to processes that a test started. */
public final class Signals {
    private Signals() {}

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
