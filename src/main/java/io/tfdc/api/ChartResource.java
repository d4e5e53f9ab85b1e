package io.tfdc.api;

import io.tfdc.model.ChamberEvent;
import io.tfdc.model.ChamberId;
import io.tfdc.model.ChartLimits;
import io.tfdc.model.DefenseEvent;
import io.tfdc.model.Evidence;
import io.tfdc.model.IndicatorKey;
import io.tfdc.model.LimitSet;
import io.tfdc.model.UChart;
import io.tfdc.spc.SpecLimits;
import io.tfdc.storage.ChartStore;
import io.tfdc.strategy.CompiledStrategy;
import io.tfdc.strategy.RunPlan;
import io.tfdc.strategy.RunStrategies;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** U-charts with everything that belongs to them. */
final class ChartResource implements OperationHandler.Resource {
    private static final Instant FAR = Instant.parse("9999-12-31T00:00:00Z");
    private static final int LATEST = 60;
    private static final int POINTS = 300;
    private static final int LIMIT_VERSIONS = 50;
    private static final int EVENTS = 1_000;
    private static final int BEFORE_FIRST_POINT_DAYS = 2;

    private final Vertx vertx;
    private final ChartStore store;
    private final ActiveStrategies strategies;

    ChartResource(Vertx vertx, ChartStore store, ActiveStrategies strategies) {
        this.vertx = vertx;
        this.store = store;
        this.strategies = strategies;
    }

    @Override
    public Map<String, OperationHandler> operations() {
        return Map.of("charts", this::charts, "points", this::points);
    }

    private static ChamberId chamber(Call call) {
        return new ChamberId(call.text("tool"), call.text("chamber"));
    }

    private Future<Reply> charts(Call call) {
        ChamberId chamber = chamber(call);
        return store.uCharts(chamber, Instant.EPOCH, FAR, LATEST)
                .compose(charts -> charts.isEmpty()
                        ? Future.failedFuture(Problem.notFound("chamber " + chamber + " has no charts"))
                        : vertx.executeBlocking(() -> groups(chamber, charts), false));
    }

    private static Reply groups(ChamberId chamber, List<UChart> newestFirst) {
        Map<String, UChart> newest = new LinkedHashMap<>();
        newestFirst.forEach(chart -> newest.putIfAbsent(chart.group(), chart));
        JsonArray groups = new JsonArray();
        newest.forEach((group, chart) -> groups.add(new JsonObject()
                .put("group", group)
                .put("lastRun", chart.context().end().toString())
                .put("lastContext", chart.id().context())
                .put("labels", new JsonObject(Map.copyOf(chart.context().attributes())))
                .put(
                        "indicators",
                        new JsonArray(chart.layout().keys().stream()
                                .map(IndicatorKey::toString)
                                .toList()))));
        return Reply.json(new JsonObject().put("chamber", chamber.toString()).put("groups", groups));
    }

    /** What one U-chart is drawn from. */
    private record Drawn(
            List<UChart> newestFirst, List<LimitSet> limits, List<DefenseEvent> alarms, List<ChamberEvent> events) {}

    private Future<Reply> points(Call call) {
        ChamberId chamber = chamber(call);
        String group = call.text("group");
        IndicatorKey indicator = indicator(call.text("indicator"));
        Instant before = call.time("before").orElse(FAR);
        return store.history(chamber, group, before, call.number("limit", POINTS))
                .compose(charts -> {
                    if (charts.isEmpty()) {
                        return Future.failedFuture(
                                Problem.notFound("chamber " + chamber + " has no charts of group " + group));
                    }
                    return around(chamber, group, charts)
                            .compose(drawn ->
                                    vertx.executeBlocking(() -> chart(chamber, group, indicator, drawn), false));
                });
    }

    private static IndicatorKey indicator(String text) {
        try {
            return IndicatorKey.parse(text);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("query", "indicator", String.valueOf(e.getMessage()));
        }
    }

    private Future<Drawn> around(ChamberId chamber, String group, List<UChart> charts) {
        Instant from = charts.get(charts.size() - 1).context().end();
        Instant to = charts.get(0).context().end().plusMillis(1);
        Set<String> ids = new TreeSet<>(charts.get(0).state().keySet());
        strategies.book().strategies().stream().map(CompiledStrategy::id).forEach(ids::add);
        List<Future<List<LimitSet>>> limits = ids.stream()
                .map(id -> store.limits(chamber, group, id, LIMIT_VERSIONS))
                .toList();
        Future<List<DefenseEvent>> alarms = store.defenseEvents(chamber, from, to, EVENTS);
        Future<List<ChamberEvent>> events =
                store.chamberEvents(chamber, from.minus(Duration.ofDays(BEFORE_FIRST_POINT_DAYS)), to);
        return Future.all(limits)
                .compose(read -> Future.all(alarms, events))
                .map(read -> new Drawn(
                        charts,
                        limits.stream().flatMap(one -> one.result().stream()).toList(),
                        alarms.result(),
                        events.result()));
    }

    private Reply chart(ChamberId chamber, String group, IndicatorKey indicator, Drawn drawn) {
        List<UChart> charts = new ArrayList<>(drawn.newestFirst);
        java.util.Collections.reverse(charts);
        JsonArray points = new JsonArray();
        charts.forEach(chart -> points.add(point(chart, indicator)));
        JsonArray limits = new JsonArray();
        drawn.limits.stream()
                .filter(set -> set.layout().indexOf(indicator) >= 0)
                .sorted(java.util.Comparator.comparing(LimitSet::validFrom))
                .forEach(set -> limits.add(version(set, indicator)));
        JsonArray alarms = new JsonArray();
        for (DefenseEvent event : drawn.alarms) {
            if (event.group().equals(group)) {
                event.evidence().stream()
                        .filter(one -> one.indicator().equals(indicator))
                        .forEach(one -> alarms.add(mark(event, one)));
            }
        }
        JsonArray events = new JsonArray();
        drawn.events.forEach(event -> events.add(new JsonObject()
                .put("at", event.at().toString())
                .put("type", event.type())
                .put("subject", event.subject())
                .put("labels", new JsonObject(Map.copyOf(event.attributes())))));
        return Reply.json(new JsonObject()
                .put("chamber", chamber.toString())
                .put("group", group)
                .put("indicator", indicator.toString())
                .put("points", points)
                .put("fixed", fixed(drawn.newestFirst.get(0), indicator))
                .put("limits", limits)
                .put("alarms", alarms)
                .put("events", events));
    }

    /** What the strategies in force say about the chart whatever its history: engineering limits, and control limits that they fix. */
    private JsonObject fixed(UChart newest, IndicatorKey indicator) {
        RunStrategies matched = strategies.book().match(newest.context());
        if (matched.isEmpty()) {
            return new JsonObject();
        }
        RunPlan plan = matched.plan(newest.layout());
        SpecLimits spec = plan.spec(indicator);
        JsonObject json = new JsonObject()
                .put("lsl", Numbers.finite(spec.lsl()))
                .put("usl", Numbers.finite(spec.usl()))
                .put("target", Numbers.finite(spec.target()));
        plan.fixed(indicator)
                .ifPresent(limits -> json.put("lcl", Numbers.finite(limits.lcl()))
                        .put("ucl", Numbers.finite(limits.ucl()))
                        .put("center", Numbers.finite(limits.center())));
        return json;
    }

    private static JsonObject point(UChart chart, IndicatorKey indicator) {
        JsonArray flags = new JsonArray();
        if (chart.has(UChart.EXCLUDED)) {
            flags.add("excluded");
        }
        if (chart.has(UChart.LATE)) {
            flags.add("late");
        }
        if (chart.has(UChart.INCOMPLETE)) {
            flags.add("incomplete");
        }
        return new JsonObject()
                .put("context", chart.id().context())
                .put("end", chart.context().end().toString())
                .put("value", Numbers.finite(chart.value(indicator)))
                .put("flags", flags)
                .put("labels", new JsonObject(Map.copyOf(chart.context().attributes())));
    }

    private static JsonObject version(LimitSet set, IndicatorKey indicator) {
        ChartLimits limits = set.of(indicator);
        return AlarmJson.limits(limits)
                .put("version", set.version())
                .put("strategy", set.strategy())
                .put("epoch", set.epoch())
                .put("validFrom", set.validFrom().toString())
                .put("origin", set.origin())
                .put("baseline", set.baseline().size());
    }

    private static JsonObject mark(DefenseEvent event, Evidence evidence) {
        return new JsonObject()
                .put("id", event.id())
                .put("raisedAt", event.raisedAt().toString())
                .put("context", event.run().context())
                .put("severity", AlarmJson.text(event.severity()))
                .put("mode", AlarmJson.text(event.mode()))
                .put("rule", event.strategy() + '.' + event.rule())
                .put("violation", evidence.rule())
                .put("reason", event.reason())
                .put("value", Numbers.finite(evidence.value()))
                .put("limits", AlarmJson.limits(evidence.limits()))
                .put("limitVersion", evidence.limitVersion())
                .put("points", new JsonArray(evidence.points()));
    }
}
