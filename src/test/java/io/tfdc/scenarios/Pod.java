package io.tfdc.scenarios;

import io.tfdc.testing.FaultProxy;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A pod with one container, a {@code defender} process. A container that is started again keeps the pod's name and uid. Its output goes
 * into ledger and timeline. Safe for use from several threads.
 */
final class Pod {
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(1);

    private final String name;
    private final int revision;
    private final Function<Pod, DefenderChild.Launch> launch;
    private final RunLog runs;
    private final @Nullable FaultProxy broker;
    private final Timeline timeline;

    private volatile int container = -1;
    private volatile @Nullable DefenderChild child;
    private volatile int port;
    private volatile boolean ready;
    private volatile @Nullable Instant readyAt;
    private volatile @Nullable Instant startedAt;
    private volatile @Nullable CompletableFuture<?> probe;
    private volatile @Nullable Instant terminatedAt;
    private volatile @Nullable Instant endedAt;

    /**
     * @param launch the command of a container of this pod, without its reader of lines
     * @param broker the pod's own way to the broker, null if there is none to interfere with
     */
    Pod(
            String name,
            int revision,
            Function<Pod, DefenderChild.Launch> launch,
            @Nullable FaultProxy broker,
            Ledger ledger,
            Timeline timeline) {
        this.broker = broker;
        this.name = name;
        this.revision = revision;
        this.launch = launch;
        this.runs = new RunLog(ledger);
        this.timeline = timeline;
    }

    String name() {
        return name;
    }

    String uid() {
        return "uid-" + name;
    }

    /** Revision of the template that it was made from. */
    int revision() {
        return revision;
    }

    /** Its way to the broker. */
    FaultProxy broker() {
        FaultProxy proxy = broker;
        if (proxy == null) {
            throw new IllegalStateException(name + " reaches the broker directly");
        }
        return proxy;
    }

    /** Its present container: the name under which the ledger has its executions. */
    String process() {
        return name + '/' + container;
    }

    /** Variables that Kubernetes would give it. */
    Map<String, String> environment() {
        return Map.of("POD_NAME", name, "POD_UID", uid(), "POD_NAMESPACE", "fab");
    }

    /** Starts a container, the first one or the next. */
    void start() {
        container++;
        port = 0;
        ready = false;
        readyAt = null;
        endedAt = null;
        startedAt = Instant.now();
        String process = process();
        timeline.add(process, "started");
        DefenderChild.Launch prepared = launch.apply(this);
        child = DefenderChild.start(new DefenderChild.Launch(
                prepared.maxHeap(),
                prepared.main(),
                prepared.arguments(),
                prepared.environment(),
                line -> read(process, line)));
    }

    /** SIGTERM. */
    void terminate() {
        terminatedAt = Instant.now();
        timeline.add(process(), "SIGTERM");
        child().terminate();
    }

    /** SIGKILL. */
    void kill() {
        timeline.add(process(), "SIGKILL");
        ready = false;
        child().killAtOnce();
    }

    /** SIGSTOP. */
    void freeze() {
        timeline.add(process(), "SIGSTOP");
        child().freeze();
    }

    /** SIGCONT. */
    void thaw() {
        timeline.add(process(), "SIGCONT");
        child().thaw();
    }

    boolean isAlive() {
        DefenderChild running = child;
        return running != null && running.isAlive();
    }

    /** When its process was first seen to have ended. */
    Instant endedAt() {
        Instant seen = endedAt;
        if (seen == null) {
            seen = Instant.now();
            endedAt = seen;
            ready = false;
        }
        return seen;
    }

    /** When it was told to end, null before. */
    @Nullable
    Instant terminatedAt() {
        return terminatedAt;
    }

    /** Whether its last readiness probe succeeded. */
    boolean isReady() {
        return ready && terminatedAt == null && isAlive();
    }

    /** When the container became ready, null before. */
    @Nullable
    Instant readyAt() {
        return readyAt;
    }

    Instant startedAt() {
        Instant at = startedAt;
        if (at == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return at;
    }

    DefenderChild child() {
        DefenderChild running = child;
        if (running == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return running;
    }

    /** Resident memory in MiB, as the kernel counts it. */
    long residentMiB() {
        Path status = Path.of("/proc", Long.toString(child().pid()), "status");
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Port of probes and metrics, 0 while it isn't open. */
    int port() {
        return port;
    }

    /** Sends a readiness probe unless one is on its way. */
    void probeReadiness(HttpClient client) {
        CompletableFuture<?> pending = probe;
        if (port == 0 || pending != null && !pending.isDone()) {
            return;
        }
        int asked = container;
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
                .timeout(PROBE_TIMEOUT)
                .build();
        probe = client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).handle((response, failure) -> {
            if (asked == container) {
                probed(failure == null && response.statusCode() == 200);
            }
            return null;
        });
    }

    private void probed(boolean answer) {
        if (answer != ready) {
            timeline.add(process(), answer ? "ready" : "not ready");
        }
        if (answer && readyAt == null) {
            readyAt = Instant.now();
        }
        ready = answer;
    }

    private void read(String process, String line) {
        LogLine.parse(line).ifPresent(log -> {
            JsonObject fields = log.fields();
            if (log.message().equals("management port open") || log.message().equals("READY")) {
                port = fields.getInteger("port", port);
            }
            if (!runs.take(process, log)) {
                timeline.add(log.time(), process, text(log));
            }
        });
    }

    private static String text(LogLine log) {
        JsonObject rest = log.fields().copy();
        for (String known : new String[] {"time", "level", "logger", "thread", "message"}) {
            rest.remove(known);
        }
        JsonObject error = rest.getJsonObject("error");
        if (error != null) {
            error.remove("stack");
        }
        return log.level() + ' ' + log.message() + (rest.isEmpty() ? "" : ' ' + rest.encode());
    }

    @Override
    public String toString() {
        return process();
    }
}
