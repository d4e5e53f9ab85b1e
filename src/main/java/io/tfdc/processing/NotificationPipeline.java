package io.tfdc.processing;

import io.tfdc.model.ChamberId;
import io.tfdc.model.CompletionNotification;
import io.tfdc.model.DefenseEvent;
import io.tfdc.model.LimitSet;
import io.tfdc.model.RunContext;
import io.tfdc.model.RunId;
import io.tfdc.model.TChart;
import io.tfdc.model.UChart;
import io.tfdc.processing.RunCompleted.Outcome;
import io.tfdc.storage.ChartStore;
import io.tfdc.strategy.Evaluation;
import io.tfdc.strategy.RunStrategies;
import io.tfdc.strategy.StrategyBook;
import io.tfdc.tracing.Detail;
import io.tfdc.tracing.Span;
import io.tfdc.tracing.Step;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The way of one run: T-chart and history concurrently, calculation and strategy on a worker, then limits and events into the
 * store, the U-chart after them, the alarms, the history cache. A stored U-chart therefore says that everything before it is
 * stored too, and a run that has one is not evaluated again: its alarms are published once more, under the same ids. Every
 * write is an upsert under keys that follow from the run, so a run may be repeated from any point.
 *
 * <p>Called and completed on the processing context; runs of one chamber must follow one another.
 */
final class NotificationPipeline implements RunProcessor {
    private final ChartStore store;
    private final Histories histories;
    private final Supplier<StrategyBook> strategies;
    private final CalculationPool calculation;
    private final AlarmStream alarms;
    private final ByteGate bytes;
    private final ProcessingMetrics metrics;
    private final WeightUpdates weights;
    private long usualBytes = 256 << 10;

    NotificationPipeline(
            ChartStore store,
            Histories histories,
            Supplier<StrategyBook> strategies,
            CalculationPool calculation,
            AlarmStream alarms,
            ByteGate bytes,
            ProcessingMetrics metrics,
            WeightUpdates weights) {
        this.store = store;
        this.histories = histories;
        this.strategies = strategies;
        this.calculation = calculation;
        this.alarms = alarms;
        this.bytes = bytes;
        this.metrics = metrics;
        this.weights = weights;
    }

    /** Fails with what {@link FailureRules} sorts. */
    @Override
    public Future<RunOutcome> process(CompletionNotification notification, Attempt attempt) {
        ChamberId chamber = notification.run().chamber();
        return bytes.acquire(usualBytes).compose(permit -> {
            Future<RunOutcome> outcome =
                    attempt.check(chamber).compose(owned -> fetchAndProcess(notification, attempt, permit));
            return outcome.onComplete(done -> permit.release());
        });
    }

    /** One version of the strategies from here to the end, whatever is activated meanwhile. */
    private Future<RunOutcome> fetchAndProcess(
            CompletionNotification notification, Attempt attempt, ByteGate.Permit permit) {
        StrategyBook book = strategies.get();
        RunId run = notification.run();
        Future<TChart> chart = attempt.trace().follow(Step.FETCH_T_CHART, span -> fetchTChart(run, permit, span));
        if (notification.attributes().isEmpty()) {
            return chart.compose(found -> {
                RunStrategies matched = book.match(found.context());
                return matched.isEmpty()
                        ? unmatched(found.context())
                        : withPast(found, matched, load(found.context(), matched, attempt), attempt);
            });
        }
        RunContext announced =
                new RunContext(run, notification.timestamp(), notification.timestamp(), notification.attributes());
        RunStrategies expected = book.match(announced);
        Future<GroupPast> early =
                expected.isEmpty() ? Future.succeededFuture(GroupPast.NONE) : load(announced, expected, attempt);
        return Future.join(chart, early).transform(both -> {
            if (early.succeeded() && early.result().self().isPresent()) {
                return repeat(early.result().self().get(), attempt);
            }
            return chart.compose(found -> judge(found, book, expected, announced, early, attempt));
        });
    }

    private Future<RunOutcome> judge(
            TChart found,
            StrategyBook book,
            RunStrategies expected,
            RunContext announced,
            Future<GroupPast> early,
            Attempt attempt) {
        RunStrategies matched = book.match(found.context());
        if (matched.isEmpty()) {
            return unmatched(found.context());
        }
        boolean asExpected = matched.equals(expected) && found.context().end().equals(announced.end());
        return withPast(found, matched, asExpected ? early : load(found.context(), matched, attempt), attempt);
    }

    private Future<TChart> fetchTChart(RunId run, ByteGate.Permit permit, Span span) {
        return store.getTChart(run).compose(found -> {
            if (found.isEmpty()) {
                return Future.failedFuture(new Failure.Signal(FailureRules.tChartMissing(run)));
            }
            TChart chart = found.get();
            long size = chart.blobBytes();
            usualBytes += (size - usualBytes) / 8;
            permit.resize(size);
            span.with(Detail.BYTES, size);
            return chart.context().id().equals(run)
                    ? Future.succeededFuture(chart)
                    : Future.failedFuture(new Failure.Signal(new Failure.Poison(
                            "T-chart stored under " + run + " is that of "
                                    + chart.context().id(),
                            "WrongTChart",
                            "context",
                            -1)));
        });
    }

    private Future<GroupPast> load(RunContext context, RunStrategies matched, Attempt attempt) {
        return attempt.trace()
                .follow(Step.LOAD_HISTORY, span -> histories.load(context, matched, attempt.isRedelivery()));
    }

    private Future<RunOutcome> withPast(TChart chart, RunStrategies matched, Future<GroupPast> past, Attempt attempt) {
        return past.compose(known -> known.self().isPresent()
                ? repeat(known.self().get(), attempt)
                : calculation
                        .evaluate(chart, matched, known, attempt.trace())
                        .compose(result -> store(result.evaluation(), attempt).map(published -> {
                            weights.ran(chart.context(), chart.svids().size(), result.points());
                            return outcome(result.evaluation(), result.duration());
                        })));
    }

    private Future<Void> store(Evaluation evaluation, Attempt attempt) {
        UChart chart = evaluation.uChart();
        ChamberId chamber = chart.id().chamber();
        Span trace = attempt.trace();
        return attempt.check(chamber)
                .compose(owned -> storeLimitsAndEvents(evaluation, trace))
                .compose(stored -> attempt.check(chamber))
                .compose(owned -> trace.follow(Step.STORE_U_CHART, span -> store.putUChart(chart)))
                .compose(stored -> attempt.check(chamber))
                .compose(owned -> publish(evaluation.events(), trace));
    }

    private Future<?> storeLimitsAndEvents(Evaluation evaluation, Span trace) {
        return evaluation.newLimits().isEmpty() && evaluation.events().isEmpty()
                ? Future.succeededFuture()
                : trace.follow(Step.STORE_RECORDS, span -> Future.all(limitsAndEvents(evaluation)));
    }

    private List<Future<Void>> limitsAndEvents(Evaluation evaluation) {
        List<Future<Void>> writes = new ArrayList<>();
        for (LimitSet limits : evaluation.newLimits()) {
            writes.add(store.putLimits(limits)
                    .onSuccess(stored -> histories.remember(limits))
                    .onFailure(error -> histories.forgetLimits(limits.chamber())));
        }
        if (!evaluation.events().isEmpty()) {
            writes.add(store.putDefenseEvents(evaluation.events()));
        }
        return writes;
    }

    private Future<Void> publish(List<DefenseEvent> events, Span trace) {
        return events.isEmpty()
                ? Future.succeededFuture()
                : trace.follow(
                        Step.PUBLISH_ALARMS,
                        span -> alarms.publish(events, span.headers())
                                .onSuccess(metrics::alarms)
                                .mapEmpty());
    }

    /** The run was stored before; whether its alarms went out is not known. */
    private Future<RunOutcome> repeat(UChart stored, Attempt attempt) {
        RunContext context = stored.context();
        return histories
                .eventsOf(context)
                .compose(events -> attempt.check(context.id().chamber())
                        .compose(owned -> publish(events, attempt.trace()))
                        .map(published -> new RunOutcome(
                                Outcome.REPEATED,
                                stored.group(),
                                context.end(),
                                stored.layout().size(),
                                events,
                                Duration.ZERO)));
    }

    private static RunOutcome outcome(Evaluation evaluation, Duration calculation) {
        UChart chart = evaluation.uChart();
        return new RunOutcome(
                Outcome.PROCESSED,
                chart.group(),
                chart.context().end(),
                chart.layout().size(),
                evaluation.events(),
                calculation);
    }

    private static Future<RunOutcome> unmatched(RunContext context) {
        return Future.succeededFuture(
                new RunOutcome(Outcome.UNMATCHED, "", context.end(), 0, List.of(), Duration.ZERO));
    }
}
