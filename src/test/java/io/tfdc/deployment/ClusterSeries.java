package io.tfdc.deployment;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What Prometheus scrapes of a healthy cluster of ten, one sample each 15 s, in promtool's notation: {@code 3x400} is 3 four hundred
 * times, {@code 0+15x400} a counter that grows by 15, {@code 3x40 _x400} a series that ends. Cases change some of it.
 */
final class ClusterSeries {
    private static final String LABELS = "namespace=\"fdc\",release=\"fab\"";
    private static final List<String> LATENCIES = List.of("1.0", "2.0", "3.0", "5.0", "8.0", "10.0", "15.0", "+Inf");

    private final Map<String, String> series = new TreeMap<>();

    /** Nothing at all. */
    ClusterSeries() {}

    static ClusterSeries healthy() {
        ClusterSeries cluster = new ClusterSeries();
        for (int i = 0; i < 10; i++) {
            cluster.defender(i);
        }
        cluster.leader();
        cluster.latencies(50, 120, 142, 149, 150, 150, 150, 150);
        cluster.store("read", 149);
        cluster.store("write", 149);
        cluster.servers();
        cluster.platform();
        cluster.add("release:defender_replicas:count", "", "10x400");
        return cluster;
    }

    private void defender(int i) {
        String pod = "pod=\"d" + i + '"';
        add("defender_state", pod, "3x400");
        add("defender_is_leader", pod, i == 0 ? "1x400" : "0x400");
        add("defender_stable_id_claimed", pod + ",id=\"" + i + '"', "1x400");
        add("defender_assignment_version", pod, "7x400");
        add("defender_assigned_subjects", pod, "80x400");
        add("defender_total_subjects", pod, "800x400");
        add("defender_messages_processed_total", pod + ",status=\"success\"", "0+15x400");
        add("defender_messages_processed_total", pod + ",status=\"unmatched\"", "0x400");
        add("defender_messages_failed_total", pod + ",reason=\"dead_letter\"", "0x400");
        add("defender_alarms_published_total", pod, "0x400");
        add("defender_inflight_messages", pod, "2x400");
        add("defender_cache_lookups_total", pod + ",result=\"hit\"", "0+98x400");
        add("defender_cache_lookups_total", pod + ",result=\"miss\"", "0+2x400");
        add("defender_processing_paused", pod, "0x400");
        add("defender_heartbeat_errors_total", pod, "0x400");
        add("defender_version", pod + ",version=\"1.0\"", "1x600");
        add("up", pod + ",job=\"defender\"", "1x400");
    }

    private void leader() {
        String pod = "pod=\"d0\"";
        add("defender_active_defenders", pod, "10x400");
        add("defender_intended_defenders", pod, "10x400");
        add("defender_leader_deaf", pod, "0x400");
        add("defender_assignment_avg_weight", pod, "10000000x400");
        add("defender_assignment_max_weight", pod, "10400000x400");
        add("defender_pending_topology_changes", pod, "0x400");
        add("defender_rebalance_events_total", pod, "3x400");
        add("defender_chamber_movements_total", pod, "900x400");
        add("defender_emergency_events_total", pod, "1x400");
    }

    /** Of 150 runs in 15 s so many take at most 1, 2, 3, 5, 8, 10, 15 s. */
    ClusterSeries latencies(int... runs) {
        for (int i = 0; i < LATENCIES.size(); i++) {
            add("defender_process_time_seconds_bucket", "le=\"" + LATENCIES.get(i) + '"', "0+" + runs[i] + "x400");
        }
        return add("defender_process_time_seconds_count", "", "0+150x400");
    }

    /** Of 150 calls of the store so many take at most 100 ms, and the others at most 1 s. */
    ClusterSeries store(String call, int quick) {
        String name = "defender_cassandra_" + call + "_duration_seconds_bucket";
        add(name, "le=\"0.1\"", "0+" + quick + "x400");
        add(name, "le=\"0.5\"", "0+" + quick + "x400");
        return add(name, "le=\"1.0\"", "0+150x400").add(name, "le=\"+Inf\"", "0+150x400");
    }

    private void servers() {
        for (int i = 0; i < 3; i++) {
            add("up", "job=\"nats\",pod=\"n" + i + '"', "1x400");
            add("up", "job=\"election-agent\",pod=\"a" + i + '"', "1x400");
            String server = "server_name=\"n" + i + '"';
            add("nats_server_total_message_bytes", server, "1000000000x400");
            add("nats_server_max_storage", server, "40000000000x400");
            add("nats_varz_slow_consumers", "server_id=\"n" + i + '"', "0x400");
        }
        String stream = "stream_name=\"dc-notifications\",";
        add("nats_stream_total_messages", stream + "is_stream_leader=\"true\"", "15x400");
        add("nats_stream_consumer_count", stream + "is_stream_leader=\"true\"", "40x400");
        add("nats_consumer_num_ack_pending", stream + "is_consumer_leader=\"true\"", "15x400");
    }

    private void platform() {
        add("jvm_memory_used_bytes", "job=\"defender\",area=\"heap\",pod=\"d0\"", "2000000000x400");
        add("jvm_memory_max_bytes", "job=\"defender\",area=\"heap\",pod=\"d0\"", "4000000000x400");
        add("kube_pod_container_status_restarts_total", "container=\"defender\",pod=\"d0\"", "0x400");
        String scaler = "horizontalpodautoscaler=\"fab-defender\"";
        add("kube_horizontalpodautoscaler_status_current_replicas", scaler, "10x400");
        add("kube_horizontalpodautoscaler_spec_max_replicas", scaler, "60x400");
    }

    /** One more series, or one that is there with other values. */
    ClusterSeries add(String metric, String labels, String values) {
        String selector = Stream.of(LABELS, labels)
                .filter(text -> !text.isEmpty())
                .reduce((a, b) -> a + ',' + b)
                .orElseThrow();
        series.put(metric + '{' + selector + '}', values);
        return this;
    }

    /** Gives other values to every series whose name and labels contain all fragments; there has to be one. */
    ClusterSeries change(String values, String... fragments) {
        List<String> found = series.keySet().stream()
                .filter(key -> Stream.of(fragments).allMatch(key::contains))
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("no series with " + List.of(fragments));
        }
        found.forEach(key -> series.put(key, values));
        return this;
    }

    /** The same for one metric of defenders {@code from} to {@code to}. */
    ClusterSeries changeDefenders(String metric, int from, int to, String values) {
        IntStream.rangeClosed(from, to).forEach(i -> change(values, metric + '{', "pod=\"d" + i + '"'));
        return this;
    }

    Map<String, String> values() {
        return series;
    }
}
