package io.tfdc.api;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;

/** Looks into the process: thread dumps and recordings, for administrators. */
final class DiagnosticsResource implements OperationHandler.Resource {
    private static final int SECONDS = 10;
    private static final long MOST_BYTES = 64L << 20;

    private final Vertx vertx;
    private final WorkerExecutor workers;
    private final AtomicBoolean recording = new AtomicBoolean();

    DiagnosticsResource(Vertx vertx, WorkerExecutor workers) {
        this.vertx = vertx;
        this.workers = workers;
    }

    @Override
    public Map<String, OperationHandler> operations() {
        return Map.of("threads", this::threads, "recording", this::record);
    }

    private Future<Reply> threads(Call call) {
        return workers.executeBlocking(
                () -> {
                    StringBuilder dump = new StringBuilder();
                    for (ThreadInfo thread : ManagementFactory.getThreadMXBean().dumpAllThreads(true, true)) {
                        dump.append(thread);
                    }
                    return Reply.of("text/plain; charset=utf-8", Buffer.buffer(dump.toString()));
                },
                false);
    }

    /** Waits on a timer rather than in a thread. */
    private Future<Reply> record(Call call) {
        if (!recording.compareAndSet(false, true)) {
            throw Problem.conflict("a recording is being made already");
        }
        int seconds = call.number("seconds", SECONDS);
        return workers.executeBlocking(DiagnosticsResource::start, false)
                .compose(running -> vertx.timer(Duration.ofSeconds(seconds).toMillis())
                        .compose(waited -> workers.executeBlocking(() -> finish(running), false)))
                .onComplete(done -> recording.set(false))
                .map(bytes -> Reply.of("application/octet-stream", bytes));
    }

    private static Recording start() throws IOException, ParseException {
        Recording running = new Recording(Configuration.getConfiguration("profile"));
        running.setMaxSize(MOST_BYTES);
        running.start();
        return running;
    }

    private static Buffer finish(Recording running) throws IOException {
        Path file = Files.createTempFile("defender-", ".jfr");
        try (running) {
            running.stop();
            running.dump(file);
            if (Files.size(file) > 2 * MOST_BYTES) {
                throw new Problem(413, "Too large", "the recording became too large: fewer seconds", List.of());
            }
            return Buffer.buffer(Files.readAllBytes(file));
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
