package io.tfdc.cli;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;

/** Ends a process in order at its first SIGTERM or SIGINT and at once at the second. */
final class Signals {
    /** Exit code of a process ended by its second signal. */
    static final int AT_ONCE = 130;

    private Signals() {}

    /** @param onFirst must not block; called on a thread of the JVM */
    static void onTermination(Runnable onFirst) {
        AtomicInteger received = new AtomicInteger();
        for (String name : List.of("TERM", "INT")) {
            Signal.handle(new Signal(name), signal -> {
                if (received.incrementAndGet() == 1) {
                    onFirst.run();
                } else {
                    Runtime.getRuntime().halt(AT_ONCE);
                }
            });
        }
    }
}
