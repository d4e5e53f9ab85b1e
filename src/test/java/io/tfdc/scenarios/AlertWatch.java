package io.tfdc.scenarios;

import com.sun.net.httpserver.HttpServer;
import io.tfdc.deployment.RenderedRules;
import io.tfdc.testing.PrometheusServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A Prometheus that scrapes the pods of a deployment under the chart's rules. It finds them as it would in Kubernetes: a pod that was told to
 * end is a target until it has ended, one that was lost with its node stays one. A page of this class stands in for kube-state-metrics.
 */
final class AlertWatch implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final String CONFIGURATION = """
            global: {scrape_interval: %1$ds, scrape_timeout: %1$ds, evaluation_interval: %1$ds}
            rule_files: ["%2$s"]
            scrape_configs:
              - job_name: defender
                file_sd_configs: [{files: ["%3$s"], refresh_interval: 1s}]
              - job_name: kube-state-metrics
                honor_labels: true
                static_configs: [{targets: ["127.0.0.1:%4$d"]}]
            """;

    private final Deployment deployment;
    private final Path targets;
    private final HttpServer kubernetes;
    private final PrometheusServer prometheus;
    private final ScheduledExecutorService discovery = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, Pod> known = new LinkedHashMap<>();
    private final Instant begun = Instant.now();
    private String written = "";

    /** The names of the alerts that became pending, firing ones included, and of those that fired. */
    record Alerts(Set<String> pending, Set<String> firing) {}

    /**
     * @param folder for its files
     * @param replicas pods that the workload is meant to have
     */
    AlertWatch(Path folder, Deployment deployment, int replicas) {
        this.deployment = deployment;
        try {
            Files.createDirectories(folder);
            targets = folder.resolve("targets.json");
            Path rules = Files.writeString(folder.resolve("rules.json"), RenderedRules.file(INTERVAL));
            kubernetes = page(String.format(
                    "kube_deployment_spec_replicas{namespace=\"%s\",deployment=\"%s-defender\"} %d%n",
                    RenderedRules.NAMESPACE, RenderedRules.RELEASE, replicas));
            discover();
            Path configuration = Files.writeString(
                    folder.resolve("prometheus.yaml"),
                    String.format(
                            CONFIGURATION,
                            INTERVAL.toSeconds(),
                            rules.toAbsolutePath(),
                            targets.toAbsolutePath(),
                            kubernetes.getAddress().getPort()));
            prometheus = PrometheusServer.start(configuration);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        discovery.scheduleWithFixedDelay(this::discover, 0, 200, TimeUnit.MILLISECONDS);
    }

    private static HttpServer page(String text) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private void discover() {
        deployment.pods().forEach(pod -> known.put(pod.name(), pod));
        known.values().removeIf(pod -> pod.terminatedAt() != null && !pod.isAlive());
        JsonArray groups = new JsonArray();
        known.values().stream()
                .filter(pod -> pod.port() > 0)
                .forEach(pod -> groups.add(new JsonObject()
                        .put("targets", new JsonArray().add("127.0.0.1:" + pod.port()))
                        .put(
                                "labels",
                                new JsonObject()
                                        .put("namespace", RenderedRules.NAMESPACE)
                                        .put("release", RenderedRules.RELEASE)
                                        .put("pod", pod.name()))));
        String text = groups.encode();
        if (!text.equals(written)) {
            try {
                Path fresh = Files.writeString(targets.resolveSibling("targets.new"), text);
                Files.move(fresh, targets, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                written = text;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The number of pods whose last scrape succeeded. */
    long scraped() {
        return prometheus.query("up{job=\"defender\"} == 1").size();
    }

    /** The value of an expression with one series, NaN without. */
    double value(String expression) {
        return prometheus.query(expression).stream()
                .mapToDouble(series ->
                        Double.parseDouble(series.getJsonArray("value").getString(1)))
                .findFirst()
                .orElse(Double.NaN);
    }

    /** What became pending and what fired since this watch began. */
    Alerts alerts() {
        Alerts alerts = new Alerts(new TreeSet<>(), new TreeSet<>());
        for (JsonObject series : prometheus.query("ALERTS", begun, Instant.now())) {
            JsonObject labels = series.getJsonObject("metric");
            String name = labels.getString("alertname");
            alerts.pending().add(name);
            if (labels.getString("alertstate").equals("firing")) {
                alerts.firing().add(name);
            }
        }
        return alerts;
    }

    @Override
    public void close() {
        discovery.shutdownNow();
        prometheus.close();
        kubernetes.stop(0);
    }
}
