package io.tfdc.api;

import io.tfdc.backtest.Backtest;
import io.tfdc.backtest.BacktestResult;
import io.tfdc.backtest.Finding;
import io.tfdc.backtest.JudgedRun;
import io.tfdc.model.ChamberId;
import io.tfdc.model.Severity;
import io.tfdc.replay.RunFeed;
import io.tfdc.replay.StoreFeed;
import io.tfdc.storage.ChartStore;
import io.tfdc.strategy.StrategyBook;
import io.tfdc.uchart.TraceException;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Back-tests in the background, one after the other on a worker of their own; at most {@value #MOST_WAITING} wait. The latest
 * {@value #KEPT} are kept. Owned by the API's context, but for the progress, which the worker writes.
 */
final class BacktestJobs {
    private static final Logger LOG = LoggerFactory.getLogger(BacktestJobs.class);
    private static final int KEPT = 50;
    private static final int MOST_WAITING = 5;
    private static final int MOST_LISTED = 100;

    private final ChartStore store;
    private final WorkerExecutor worker;
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private final SecureRandom random = new SecureRandom();

    BacktestJobs(ChartStore store, WorkerExecutor worker) {
        this.store = store;
        this.worker = worker;
    }

    /** What is to be judged by what. */
    record Order(
            StrategyBook candidate,
            StrategyBook inForce,
            List<ChamberId> chambers,
            Instant from,
            Instant to,
            int maxRuns,
            Severity least) {}

    private static final class Job {
        private volatile int runs;
        private volatile String state = "waiting";
        private volatile String error = "";
        private volatile @Nullable JsonObject result;
    }

    /** Starts a job and yields its name. */
    String start(Order order) {
        long waiting = jobs.values().stream()
                .filter(job -> job.state.equals("waiting"))
                .count();
        if (waiting >= MOST_WAITING) {
            throw new Problem(429, "Too many requests", "other back-tests wait already", List.of());
        }
        byte[] bytes = new byte[8];
        random.nextBytes(bytes);
        String name = HexFormat.of().formatHex(bytes);
        Job job = new Job();
        jobs.put(name, job);
        if (jobs.size() > KEPT) {
            jobs.remove(jobs.keySet().iterator().next());
        }
        // Unordered: the store's own tasks of this context must be able to overtake. The worker has one thread.
        worker.executeBlocking(() -> run(order, job), false).onComplete(done -> {
            if (done.succeeded()) {
                job.result = done.result();
                job.state = "done";
            } else {
                Throwable cause = done.cause();
                job.error = cause instanceof TraceException || cause instanceof IllegalStateException
                        ? String.valueOf(cause.getMessage())
                        : "a fault of the server, see its log";
                job.state = "failed";
                LOG.warn("back-test failed: {}", cause.toString());
            }
        });
        return name;
    }

    Optional<JsonObject> show(String name) {
        Job job = jobs.get(name);
        if (job == null) {
            return Optional.empty();
        }
        JsonObject json =
                new JsonObject().put("job", name).put("state", job.state).put("runs", job.runs);
        if (!job.error.isEmpty()) {
            json.put("error", job.error);
        }
        JsonObject result = job.result;
        return Optional.of(result == null ? json : json.put("result", result));
    }

    private JsonObject run(Order order, Job job) throws Exception {
        job.state = "running";
        Backtest candidate = new Backtest("candidate", order.candidate(), false);
        Backtest present = new Backtest("in force", order.inForce(), false);
        // Not closed: that would close the store, which is not the job's.
        StoreFeed feed = new StoreFeed(store, order.chambers(), order.from(), order.to(), Map.of());
        for (RunFeed.FedRun fed = feed.next(); fed != null && job.runs < order.maxRuns(); fed = feed.next()) {
            candidate.add(fed.run(), fed.events());
            present.add(fed.run(), fed.events());
            job.runs++;
        }
        BacktestResult after = candidate.finish();
        BacktestResult before = present.finish();
        BacktestResult.Difference difference = before.differenceTo(after, order.least());
        return new JsonObject()
                .put("severity", AlarmJson.text(order.least()))
                .put("candidate", summary(after, order.least()))
                .put("inForce", summary(before, order.least()))
                .put("both", difference.both())
                .put("noLonger", runs(difference.onlyFirst(), order.least()))
                .put("newly", runs(difference.onlySecond(), order.least()));
    }

    private static JsonObject summary(BacktestResult result, Severity least) {
        JsonArray rules = new JsonArray();
        result.rules(least)
                .forEach(rule -> rules.add(new JsonObject()
                        .put("rule", rule.rule())
                        .put("severity", AlarmJson.text(rule.worst()))
                        .put("alarms", rule.alarms())));
        return new JsonObject()
                .put("runs", result.runs().size())
                .put("judged", result.matched())
                .put("learning", result.learning())
                .put("alarmed", result.alarmed(least).size())
                .put("suppressed", result.suppressedEvents())
                .put("rules", rules);
    }

    private static JsonArray runs(List<JudgedRun> runs, Severity least) {
        List<JsonObject> rows = new ArrayList<>();
        runs.stream().limit(MOST_LISTED).forEach(run -> {
            JsonArray reasons = new JsonArray();
            for (Finding alarm : run.alarms(least)) {
                reasons.add(alarm.name() + ": " + alarm.reason());
            }
            rows.add(new JsonObject()
                    .put("run", run.context().id().toString())
                    .put("at", run.context().end().toString())
                    .put("reasons", reasons));
        });
        return new JsonArray(rows);
    }
}
