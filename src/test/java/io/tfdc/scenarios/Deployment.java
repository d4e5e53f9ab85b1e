package io.tfdc.scenarios;

import io.tfdc.scenarios.RolloutPlan.Census;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Imitates a Kubernetes Deployment over child processes: replicas, rolling updates gated by readiness probes, SIGTERM with 30 s of grace
 * and SIGKILL behind it, containers started again in their pod. One thread of its own controls it; calls may come from any.
 * Kubernetes' own delays (image pulls, scheduling, probes every few seconds) are left out: probes come every 100 ms.
 */
final class Deployment implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final long LOOP_MILLIS = 20;
    private static final long PROBE_MILLIS = 100;
    private static final long EXIT_MILLIS = 5_000;

    /** Makes the pods of a template. */
    interface PodFactory {
        Pod make(String name, int revision);
    }

    /** How an update goes. */
    record Strategy(int surge, int unavailable) {}

    private final String name;
    private final PodFactory factory;
    private final Timeline timeline;
    private final ScheduledExecutorService loop;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(1))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final List<Pod> pods = new ArrayList<>();
    private Strategy strategy = new Strategy(1, 0);
    private @Nullable Duration restartDelay;
    private int replicas;
    private int revision = 1;
    private int created;
    private @Nullable Throwable failure;

    Deployment(String name, PodFactory factory, Timeline timeline) {
        this.name = name;
        this.factory = factory;
        this.timeline = timeline;
        this.loop = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "deployment-" + name);
            thread.setDaemon(true);
            return thread;
        });
        loop.scheduleWithFixedDelay(this::reconcile, 0, LOOP_MILLIS, TimeUnit.MILLISECONDS);
        loop.scheduleWithFixedDelay(
                () -> pods().forEach(pod -> pod.probeReadiness(client)), 0, PROBE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Sets the wanted number of pods. */
    synchronized Deployment scale(int wanted) {
        timeline.add(name, "scale to " + wanted);
        replicas = wanted;
        return this;
    }

    /** Starts a rolling update to a new revision of the template. */
    synchronized int update(Strategy how) {
        strategy = how;
        revision++;
        timeline.add(name, "update to revision " + revision + ", " + how);
        return revision;
    }

    /** Containers that end by themselves are started again in their pod after so long; without a delay they stay away. */
    synchronized Deployment restartContainers(@Nullable Duration delay) {
        restartDelay = delay;
        return this;
    }

    /** The pods that are not gone, oldest first. */
    synchronized List<Pod> pods() {
        return List.copyOf(pods);
    }

    /** Pods that are not told to end. */
    List<Pod> active() {
        return pods().stream().filter(pod -> pod.terminatedAt() == null).toList();
    }

    long ready() {
        return active().stream().filter(Pod::isReady).count();
    }

    /** Whether exactly the wanted pods of the present revision are there and ready, and no others. */
    synchronized boolean isComplete() {
        if (failure != null) {
            throw new AssertionError("the deployment failed", failure);
        }
        return pods.size() == replicas && pods.stream().allMatch(pod -> pod.revision() == revision && pod.isReady());
    }

    /** Waits until {@link #isComplete}. */
    Deployment awaitComplete(Duration limit) {
        Await.until("deployment " + name + " complete", limit, this::isComplete);
        return this;
    }

    /** A pod's process ends at once and its pod with it, as when its node is lost; it is not replaced. */
    void loseNode(Pod pod) {
        synchronized (this) {
            pods.remove(pod);
            replicas--;
        }
        pod.kill();
    }

    /** Deletes a pod in order; it is replaced. */
    void delete(Pod pod) {
        pod.terminate();
    }

    /** One step of the controller. */
    private synchronized void reconcile() {
        try {
            collectEnded();
            Predicate<Pod> present = pod -> pod.terminatedAt() == null;
            List<Pod> young = pods.stream()
                    .filter(present.and(pod -> pod.revision() == revision))
                    .toList();
            List<Pod> old = pods.stream()
                    .filter(present.and(pod -> pod.revision() != revision))
                    .toList();
            RolloutPlan plan = RolloutPlan.next(
                    replicas,
                    strategy.surge(),
                    strategy.unavailable(),
                    new Census(young.size(), countReady(young), old.size(), countReady(old)));
            for (int i = 0; i < plan.create(); i++) {
                Pod pod = factory.make(name + '-' + revision + '-' + created++, revision);
                pods.add(pod);
                pod.start();
            }
            remove(old, plan.removeOld());
            remove(young, plan.removeNew());
        } catch (RuntimeException | AssertionError e) {
            failure = e;
        }
    }

    private static int countReady(List<Pod> some) {
        return (int) some.stream().filter(Pod::isReady).count();
    }

    /** As Kubernetes does: those that are not ready first, then the youngest. */
    private void remove(List<Pod> some, int count) {
        some.stream()
                .sorted(Comparator.comparing(Pod::isReady).thenComparing(Pod::startedAt, Comparator.reverseOrder()))
                .limit(count)
                .forEach(Pod::terminate);
    }

    private void collectEnded() {
        for (Pod pod : List.copyOf(pods)) {
            Instant told = pod.terminatedAt();
            if (!pod.isAlive()) {
                ended(pod, told != null);
            } else if (told != null && told.plus(GRACE).isBefore(Instant.now())) {
                timeline.add(pod.process(), "did not end within " + GRACE.toSeconds() + " s");
                pod.kill();
            }
        }
    }

    private void ended(Pod pod, boolean asTold) {
        Instant seen = pod.endedAt();
        if (asTold) {
            timeline.add(pod.process(), "gone, exit code " + pod.child().exitCode());
            pods.remove(pod);
        } else if (restartDelay != null && seen.plus(restartDelay).isBefore(Instant.now())) {
            pod.start();
        }
    }

    /** Ends all pods, the ones that don't within 5 s by force. */
    @Override
    public void close() {
        loop.shutdownNow();
        List<Pod> left = pods();
        left.stream().filter(Pod::isAlive).forEach(pod -> {
            pod.thaw();
            pod.child().terminate();
        });
        BooleanSupplier allGone = () -> left.stream().noneMatch(Pod::isAlive);
        if (!Await.within(Duration.ofMillis(EXIT_MILLIS), allGone)) {
            left.stream().filter(Pod::isAlive).forEach(Pod::kill);
        }
    }
}
