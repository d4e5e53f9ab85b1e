package io.tfdc.cli.console;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** Runs per second between two snapshots. */
final class Rates {
    private final Map<String, Double> byPod = new HashMap<>();
    private OptionalDouble node = OptionalDouble.empty();
    private OptionalDouble cluster = OptionalDouble.empty();

    private Rates() {}

    /** Nothing is known from one snapshot alone. */
    static Rates unknown() {
        return new Rates();
    }

    static Rates between(Snapshot before, Snapshot now) {
        Rates rates = new Rates();
        double seconds = (now.nanos() - before.nanos()) / 1e9;
        if (seconds <= 0) {
            return rates;
        }
        if (before.find(Topic.NODE).isPresent() && now.find(Topic.NODE).isPresent()) {
            rates.node = OptionalDouble.of(perSecond(
                    before.find(Topic.NODE).get(), now.find(Topic.NODE).get(), "messagesProcessed", seconds));
        }
        Map<String, JsonObject> known = new HashMap<>();
        before.list(Topic.CLUSTER, "members").forEach(member -> known.put(member.getString("pod", ""), member));
        double sum = 0;
        for (JsonObject member : now.list(Topic.CLUSTER, "members")) {
            String pod = member.getString("pod", "");
            JsonObject earlier = known.get(pod);
            if (earlier != null) {
                double rate = perSecond(earlier, member, "processed", seconds);
                rates.byPod.put(pod, rate);
                sum += rate;
            }
        }
        if (!rates.byPod.isEmpty()) {
            rates.cluster = OptionalDouble.of(sum);
        }
        return rates;
    }

    /** Counters begin anew with their process. */
    private static double perSecond(JsonObject before, JsonObject now, String counter, double seconds) {
        return Math.max(0, now.getLong(counter, 0L) - before.getLong(counter, 0L)) / seconds;
    }

    OptionalDouble node() {
        return node;
    }

    OptionalDouble cluster() {
        return cluster;
    }

    OptionalDouble pod(String name) {
        Double rate = byPod.get(name);
        return rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate);
    }
}
