package io.tfdc.cli.console;

import io.tfdc.cli.console.ConsoleScreen.Wish;
import io.tfdc.cli.terminal.Key;
import io.tfdc.cli.terminal.TerminalWindow;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Draws what the API answers, again and again, until a key or {@link #stop} ends it. One thread asks, the caller's draws; so keys are obeyed
 * while an answer takes its time.
 */
public final class ConsoleWatch {
    private static final int MOST_EVENTS = 1_000;
    private static final long SIZE_NANOS = Duration.ofSeconds(2).toNanos();

    private final ApiSource source;
    private final ConsoleScreen screen;
    private final TerminalWindow window;
    private final Duration every;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>(MOST_EVENTS);
    private final Semaphore asked = new Semaphore(0);
    private volatile boolean stopped;
    private TerminalWindow.Size size = TerminalWindow.Size.USUAL;
    private long sizeAt = System.nanoTime() - SIZE_NANOS;
    private Optional<Snapshot> before = Optional.empty();
    private @Nullable Snapshot now;
    private String trouble = "";

    private sealed interface Event {}

    private record Pressed(Key key) implements Event {}

    private record Answered(Snapshot snapshot) implements Event {}

    private record Failed(String reason) implements Event {}

    private record Stop() implements Event {}

    public ConsoleWatch(ApiSource source, ConsoleScreen screen, TerminalWindow window, Duration every) {
        this.source = source;
        this.screen = screen;
        this.window = window;
        this.every = every;
    }

    /** Takes a key; any thread. What comes faster than it can be drawn is dropped. */
    public void press(Key key) {
        events.offer(new Pressed(key));
    }

    /** Ends it; any thread. */
    public void stop() {
        stopped = true;
        events.offer(new Stop());
    }

    /** Blocks until it is ended. */
    public void run() throws InterruptedException {
        Thread asking = new Thread(this::ask, "console-source");
        asking.setDaemon(true);
        asking.start();
        try {
            window.draw(List.of("Asking ..."));
            while (!stopped && take(events.take())) {
                draw();
            }
        } finally {
            stopped = true;
            asking.interrupt();
        }
    }

    /** False for the end. */
    private boolean take(Event event) {
        if (event instanceof Pressed pressed) {
            Wish wish = screen.press(pressed.key);
            if (wish == Wish.REFRESH) {
                asked.release();
            }
            return wish != Wish.QUIT;
        }
        if (event instanceof Answered answered) {
            before = Optional.ofNullable(now);
            now = answered.snapshot;
            trouble = "";
        } else if (event instanceof Failed failed) {
            trouble = failed.reason;
        }
        return true;
    }

    private void draw() {
        if (System.nanoTime() - sizeAt >= SIZE_NANOS) {
            sizeAt = System.nanoTime();
            size = TerminalWindow.size();
        }
        Snapshot known = now;
        window.draw(
                known == null
                        ? List.of(
                                "Not connected: " + trouble,
                                "",
                                "Asked again every " + every.toMillis() + " ms; q ends.")
                        : screen.lines(known, before, trouble, size.width(), size.height()));
    }

    private void ask() {
        try {
            while (!stopped) {
                events.put(answer());
                if (asked.tryAcquire(every.toMillis(), TimeUnit.MILLISECONDS)) {
                    asked.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Event answer() {
        try {
            return new Answered(source.read());
        } catch (IOException e) {
            String message = e.getMessage();
            return new Failed(message == null ? e.getClass().getSimpleName() : message);
        }
    }
}
