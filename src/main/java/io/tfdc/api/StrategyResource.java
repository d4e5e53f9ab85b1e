package io.tfdc.api;

import io.tfdc.model.ChamberId;
import io.tfdc.model.Severity;
import io.tfdc.model.StrategyActivation;
import io.tfdc.model.StrategyVersion;
import io.tfdc.storage.ChartStore;
import io.tfdc.strategy.CompiledStrategy;
import io.tfdc.strategy.StrategyBook;
import io.tfdc.strategy.StrategyException;
import io.tfdc.strategy.StrategySource;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Strategies: versions, checks, back-tests, and which version is in force. */
final class StrategyResource implements OperationHandler.Resource {
    private static final int RUNS = 2_000;
    private static final Instant FAR = Instant.parse("9999-12-31T00:00:00Z");

    private final ChartStore store;
    private final ActiveStrategies active;
    private final BacktestJobs jobs;
    private final WorkerExecutor workers;
    private final InstantSource clock;

    StrategyResource(
            ChartStore store, ActiveStrategies active, BacktestJobs jobs, WorkerExecutor workers, InstantSource clock) {
        this.store = store;
        this.active = active;
        this.jobs = jobs;
        this.workers = workers;
        this.clock = clock;
    }

    @Override
    public Map<String, OperationHandler> operations() {
        return Map.of(
                "strategies", this::list,
                "strategy", this::show,
                "strategyVersion", this::version,
                "validateStrategy", this::validate,
                "storeStrategy", this::storeVersion,
                "activateStrategy", this::activate,
                "rollBackStrategy", this::rollBack,
                "startBacktest", this::startBacktest,
                "backtest", this::showBacktest);
    }

    private Future<Reply> list(Call call) {
        return history().map(history -> {
            JsonArray items = new JsonArray();
            active.book().strategies().forEach(strategy -> items.add(json(strategy)));
            JsonArray stored = new JsonArray();
            history.ids().forEach(id -> stored.add(history.json(id)));
            return Reply.json(new JsonObject()
                    .put("fixed", active.isFixed())
                    .put("inForce", items)
                    .put("stored", stored));
        });
    }

    private static JsonObject json(CompiledStrategy strategy) {
        return new JsonObject()
                .put("id", strategy.id())
                .put("version", strategy.version())
                .put("mode", strategy.mode().text())
                .put("description", strategy.description())
                .put("match", strategy.match())
                .put("source", strategy.source())
                .put("indicators", strategy.indicatorCount())
                .put("rules", new JsonArray(strategy.rules()))
                .put("overrides", strategy.overrideCount());
    }

    private Future<StrategyHistory> history() {
        Future<List<StrategyVersion>> versions = store.strategies();
        Future<List<StrategyActivation>> activations = store.activations();
        return Future.all(versions, activations)
                .map(read -> new StrategyHistory(versions.result(), activations.result()));
    }

    private Future<Reply> show(Call call) {
        return history().map(history -> reply(history, call.text("id")));
    }

    private static Reply reply(StrategyHistory history, String id) {
        if (!history.ids().contains(id)) {
            throw Problem.notFound("no strategy " + id + " is stored");
        }
        return Reply.json(history.json(id)).withEtag(history.etag(id));
    }

    private Future<Reply> version(Call call) {
        String id = call.text("id");
        int number = call.number("version", 0);
        return history().map(history -> {
            StrategyVersion version = history.version(id, number)
                    .orElseThrow(() -> Problem.notFound("strategy " + id + " has no version " + number));
            return Reply.json(StrategyHistory.json(version).put("yaml", version.yaml()))
                    .withEtag('"' + id + '@' + number + '"');
        });
    }

    /** Documents that compile together, or the problem with lines and columns. */
    private Future<StrategyBook> compiled(String id, String yaml) {
        return active.sourcesWith(id, yaml)
                .compose(sources -> workers.executeBlocking(
                        () -> {
                            try {
                                return StrategyBook.compile(sources);
                            } catch (StrategyException e) {
                                throw refused(e);
                            }
                        },
                        false));
    }

    private static Problem refused(StrategyException e) {
        List<Problem.Place> places = e.problems().stream()
                .limit(100)
                .map(problem -> new Problem.Place(
                        problem.at().source(),
                        problem.at().line() + ":" + problem.at().column(),
                        (problem.at().path().isEmpty() ? "" : problem.at().path() + ": ") + problem.message()))
                .toList();
        return new Problem(
                422,
                "Refused strategy",
                places.size() + " problems, the first: " + e.problems().get(0),
                places);
    }

    /** The document's own strategy; alone first, so that its id is known. */
    private Future<CompiledStrategy> alone(String yaml) {
        return workers.executeBlocking(
                () -> {
                    try {
                        return StrategyBook.compile(List.of(new StrategySource("document", yaml)))
                                .strategies()
                                .get(0);
                    } catch (StrategyException e) {
                        throw refused(e);
                    }
                },
                false);
    }

    private Future<Reply> validate(Call call) {
        String yaml = call.body().getString("yaml");
        return alone(yaml)
                .compose(strategy -> compiled(strategy.id(), yaml).map(book -> strategy))
                .map(strategy -> Reply.json(json(strategy).put("valid", true)));
    }

    private Future<Reply> storeVersion(Call call) {
        String id = call.text("id");
        String yaml = call.body().getString("yaml");
        refuseIfFixed();
        return alone(yaml).compose(strategy -> {
            if (!strategy.id().equals(id)) {
                throw Problem.invalid("body", "/yaml", "is strategy " + strategy.id() + ", not " + id);
            }
            return history().compose(history -> {
                Optional<StrategyVersion> same = history.version(id, strategy.version());
                if (same.isPresent() && !same.get().yaml().equals(yaml)) {
                    throw Problem.conflict("version " + strategy.version() + " exists with another text; the newest is "
                            + history.newest(id));
                }
                StrategyVersion version = new StrategyVersion(
                        id, strategy.version(), yaml, call.caller().name(), clock.instant());
                return keepInForce(history, id, call)
                        .compose(kept -> store.putStrategy(version))
                        .map(stored -> Reply.json(201, StrategyHistory.json(version)));
            });
        });
    }

    /** Without any decision the newest version would be in force: decide for the present one before there is a newer. */
    private Future<Void> keepInForce(StrategyHistory history, String id, Call call) {
        if (history.hasDecision(id)) {
            return Future.succeededFuture();
        }
        return store.putActivation(new StrategyActivation(
                id, history.newest(id), call.caller().name(), millis(), "as before a new version was stored"));
    }

    private Instant millis() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void refuseIfFixed() {
        if (active.isFixed()) {
            throw Problem.conflict("the strategies of this process come from files: they can't be changed here");
        }
    }

    private Future<Reply> activate(Call call) {
        refuseIfFixed();
        String id = call.text("id");
        int number = call.body().getInteger("version");
        return history().compose(history -> {
            call.checkUnchanged(reply(history, id).etag(), true);
            if (number > 0 && history.version(id, number).isEmpty()) {
                throw Problem.invalid("body", "/version", "strategy " + id + " has no version " + number);
            }
            return decide(history, id, number, call.body().getString("reason", ""), call);
        });
    }

    private Future<Reply> rollBack(Call call) {
        refuseIfFixed();
        String id = call.text("id");
        return history().compose(history -> {
            call.checkUnchanged(reply(history, id).etag(), true);
            int before = history.before(id)
                    .orElseThrow(() -> Problem.conflict("no version of " + id + " was in force before"));
            return decide(history, id, before, "rolled back", call);
        });
    }

    /** Only what compiles together with the rest is put in force. */
    private Future<Reply> decide(StrategyHistory history, String id, int number, String reason, Call call) {
        Future<?> checked = number == 0
                ? Future.succeededFuture()
                : compiled(id, history.version(id, number).orElseThrow().yaml());
        return checked.compose(fine -> store.putActivation(
                        new StrategyActivation(id, number, call.caller().name(), millis(), reason)))
                .compose(stored -> active.refresh())
                .compose(read -> history())
                .map(now -> reply(now, id));
    }

    private Future<Reply> startBacktest(Call call) {
        JsonObject body = call.body();
        String yaml = body.getString("yaml");
        List<ChamberId> chambers = new ArrayList<>();
        body.getJsonArray("chambers", new JsonArray()).forEach(one -> chambers.add(ChamberId.parse((String) one)));
        Instant from = call.bodyTime("from").orElse(Instant.EPOCH);
        Instant to = call.bodyTime("to").orElse(FAR);
        Severity least = Severity.valueOf(body.getString("severity", "warning").toUpperCase(Locale.ROOT));
        return alone(yaml).compose(strategy -> compiled(strategy.id(), yaml)).map(candidate -> {
            String job = jobs.start(new BacktestJobs.Order(
                    candidate, active.book(), chambers, from, to, body.getInteger("maxRuns", RUNS), least));
            return Reply.json(202, jobs.show(job).orElseThrow());
        });
    }

    private Future<Reply> showBacktest(Call call) {
        return Future.succeededFuture(Reply.json(jobs.show(call.text("job"))
                .orElseThrow(() -> Problem.notFound("no back-test " + call.text("job") + ", or not any more"))));
    }
}
