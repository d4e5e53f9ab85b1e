package io.tfdc.processing;

import io.tfdc.model.TChart;
import io.tfdc.strategy.Evaluation;
import io.tfdc.strategy.History;
import io.tfdc.strategy.RunStrategies;
import io.tfdc.tracing.Span;
import io.tfdc.tracing.Step;
import io.tfdc.uchart.CalculatedRun;
import io.tfdc.uchart.PlanCache;
import io.tfdc.uchart.TraceException;
import io.tfdc.uchart.TraceLimits;
import io.tfdc.uchart.UChartCalculator;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Calculates runs on the worker pool {@code calc}, one job per run, whichever thread is free. A calculator with its buffers
 * serves one job at a time and is handed on; there are as many as threads. T-charts go in by reference.
 */
final class CalculationPool {
    private final WorkerExecutor workers;
    private final TraceLimits limits;
    private final PlanCache plans;
    private final ConcurrentLinkedQueue<UChartCalculator> idle = new ConcurrentLinkedQueue<>();

    CalculationPool(Vertx vertx, int threads, TraceLimits limits) {
        this.workers = vertx.createSharedWorkerExecutor("calc", threads, 60, TimeUnit.SECONDS);
        this.limits = limits;
        this.plans = new PlanCache();
    }

    /** A run's evaluation, the samples of its T-chart and the time that it took a thread. */
    record Result(Evaluation evaluation, long points, Duration duration) {}

    /** Fails with a poison for what goes wrong with the run itself: its blobs, its values or its strategy. */
    Future<Result> evaluate(TChart chart, RunStrategies strategies, GroupPast past, Span trace) {
        return workers.executeBlocking(() -> run(chart, strategies, past, trace), false);
    }

    Future<Void> close() {
        return workers.close();
    }

    private Result run(TChart chart, RunStrategies strategies, GroupPast past, Span trace) {
        long start = System.nanoTime();
        UChartCalculator reused = idle.poll();
        UChartCalculator calculator = reused == null ? new UChartCalculator(limits, plans) : reused;
        try {
            CalculatedRun calculated = trace.measure(Step.COMPUTE, () -> calculator.calculate(chart, strategies));
            History history = new History(past.runs(), past.limits(), past.events(), past.late());
            Evaluation evaluation =
                    trace.measure(Step.EVALUATE, () -> calculated.plan().evaluate(calculated.data(), history));
            return new Result(evaluation, calculated.points(), Duration.ofNanos(System.nanoTime() - start));
        } catch (TraceException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new Failure.Signal(new Failure.Poison(
                    "calculation of " + chart.context().id() + " failed: " + e,
                    e.getClass().getSimpleName(),
                    "strategy",
                    -1));
        } finally {
            idle.add(calculator);
        }
    }
}
