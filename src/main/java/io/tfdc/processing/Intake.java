package io.tfdc.processing;

import io.tfdc.messaging.WorkMessage;
import io.tfdc.model.ChamberId;
import io.tfdc.model.CompletionNotification;
import io.tfdc.model.RunId;
import io.tfdc.processing.RunFailed.Action;
import io.tfdc.tracing.Step;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The notifications in flight: takes them from the broker, has them processed chamber by chamber in order of delivery, settles
 * them, and holds them while store or broker can't serve. Holds as many as the consumers let through unsettled. Runs on one
 * event-loop context.
 */
final class Intake implements NotificationFeed.Receiver {
    /** A run that fails for want of the store while this many others succeed is itself at fault. */
    private static final int OTHERS_SUCCEEDED = 3;
    /** How much longer than its delay a chamber waits for a run that is to come again. */
    private static final Duration AWAIT_GRACE = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final ProcessingSettings settings;
    private final Function<WorkMessage, CompletionNotification> decoder;
    private final RunProcessor pipeline;
    private final Ownership ownership;
    private final FailureRules rules;
    private final Settlement settlement;
    private final Outage outage;
    private final RunReports reports;
    private final ChamberLanes<Job> lanes;
    private final Map<Long, Job> inFlight = new HashMap<>();
    private final Map<ChamberId, Awaited> awaitedRuns = new HashMap<>();
    private long succeeded;
    private @Nullable Promise<Void> drained;
    private boolean returning;

    Intake(
            Vertx vertx,
            ProcessingSettings settings,
            Function<WorkMessage, CompletionNotification> decoder,
            RunProcessor pipeline,
            Ownership ownership,
            FailureRules rules,
            Settlement settlement,
            Outage outage,
            RunReports reports) {
        this.vertx = vertx;
        this.settings = settings;
        this.decoder = decoder;
        this.pipeline = pipeline;
        this.ownership = ownership;
        this.rules = rules;
        this.settlement = settlement;
        this.outage = outage;
        this.reports = reports;
        this.lanes = new ChamberLanes<>(settings.maxInFlight(), this::start);
    }

    /** A run that was handed back for another try, and the timer that ends the wait for it. */
    private record Awaited(RunId run, long timer) {}

    /** Takes a delivered message. */
    @Override
    public void accept(WorkMessage message) {
        reports.received();
        Job present = inFlight.get(message.sequence());
        if (present != null && !present.left) {
            present.deliveries.add(message);
            present.excused++;
            return;
        }
        if (drained != null) {
            message.nak(Duration.ZERO);
            return;
        }
        try {
            CompletionNotification notification = decoder.apply(message);
            Job job = new Job(message, notification, reports.traced(notification.run(), message), System.nanoTime());
            inFlight.put(message.sequence(), job);
            enqueue(job);
        } catch (IllegalArgumentException e) {
            refuse(message, FailureRules.unreadable(e));
        }
    }

    /** Tells the broker that everything in flight is still at work. */
    void reportProgress() {
        inFlight.values().forEach(job -> job.message().inProgress());
    }

    int size() {
        return inFlight.size();
    }

    /** Age of the oldest run in flight, 0 without. */
    long oldestMillis() {
        long now = System.nanoTime();
        long oldest = 0;
        for (Job job : inFlight.values()) {
            oldest = Math.max(oldest, now - job.receivedNanos);
        }
        return TimeUnit.NANOSECONDS.toMillis(oldest);
    }

    @Override
    public void leave(Predicate<ChamberId> chambers) {
        Predicate<Job> leaving = job -> chambers.test(job.notification.run().chamber());
        lanes.removeIf(job -> !job.started && leaving.test(job));
        for (Job job : List.copyOf(inFlight.values())) {
            if (leaving.test(job)) {
                job.left = true;
                job.deliveries.forEach(WorkMessage::leave);
                if (job.attempt != null) {
                    job.attempt.callOff();
                }
                if (!job.started) {
                    remove(job);
                }
            }
        }
        awaitNothing(chambers);
    }

    /**
     * Takes nothing more and completes when everything in flight is settled. What is not settled within the budget, or can't be
     * because of an outage, is handed back to the broker.
     */
    Future<Void> drain(Duration budget) {
        Promise<Void> promise = Promise.promise();
        drained = promise;
        awaitNothing(chamber -> true);
        long timer = vertx.setTimer(Math.max(1, budget.toMillis()), id -> returnEverything());
        if (outage.isOn()) {
            returnEverything();
        }
        checkDrained();
        return promise.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    /** Starts what was held during an outage. */
    void resume() {
        if (!returning) {
            lanes.resume();
        }
    }

    /** A run that its chamber waits for goes first. */
    private void enqueue(Job job) {
        ChamberId chamber = job.notification.run().chamber();
        Awaited awaited = awaitedRuns.get(chamber);
        if (awaited != null && awaited.run().equals(job.notification.run())) {
            awaitedRuns.remove(chamber);
            vertx.cancelTimer(awaited.timer());
            lanes.addFirst(chamber, job);
        } else {
            lanes.add(chamber, job);
        }
    }

    /** Until the run comes again the rest of its chamber waits, though not for ever: it may be delivered elsewhere. */
    private void awaitAgain(Job job, Duration delay) {
        RunId run = job.notification.run();
        ChamberId chamber = run.chamber();
        if (drained != null) {
            lanes.done(chamber);
            return;
        }
        lanes.hold(chamber);
        long timer = vertx.setTimer(delay.plus(AWAIT_GRACE).toMillis(), id -> {
            awaitedRuns.remove(chamber);
            lanes.release(chamber);
        });
        awaitedRuns.put(chamber, new Awaited(run, timer));
    }

    private void awaitNothing(Predicate<ChamberId> chambers) {
        for (ChamberId chamber : List.copyOf(awaitedRuns.keySet())) {
            if (chambers.test(chamber)) {
                Awaited awaited = awaitedRuns.remove(chamber);
                vertx.cancelTimer(awaited == null ? -1 : awaited.timer());
                lanes.release(chamber);
            }
        }
    }

    private void start(Job job) {
        Attempt attempt = new Attempt(job.deliveredBefore(), ownership, job.trace);
        job.waited();
        job.attempt = attempt;
        job.started = true;
        ownership.begin(job.notification.run().chamber()).onComplete(asked -> {
            job.begun = asked.succeeded() && asked.result();
            if (job.begun && !job.left && !returning) {
                process(job, attempt);
            } else {
                fail(job, Attempt.fenced(job.notification.run().chamber()));
            }
        });
    }

    private void process(Job job, Attempt attempt) {
        long timeout = settings.processTimeout().toMillis();
        pipeline.process(job.notification, attempt)
                .timeout(timeout, TimeUnit.MILLISECONDS)
                .onSuccess(outcome -> succeed(job, outcome))
                .onFailure(error -> {
                    attempt.callOff();
                    fail(job, rules.of(error));
                });
    }

    private void succeed(Job job, RunOutcome outcome) {
        succeeded++;
        outage.runSucceeded();
        ifOurs(job, ours -> {
            if (ours) {
                acknowledge(job, outcome);
                lanes.done(job.notification.run().chamber());
            } else {
                conclude(job, Attempt.fenced(job.notification.run().chamber()), false);
            }
        });
    }

    /** Says whether what has begun is still this process's to settle. */
    private void ifOurs(Job job, Handler<Boolean> then) {
        ownership
                .mayStore(job.notification.run().chamber())
                .onComplete(asked -> then.handle(asked.succeeded() && asked.result() && !job.left));
    }

    private void acknowledge(Job job, RunOutcome outcome) {
        List<WorkMessage> deliveries = List.copyOf(job.deliveries);
        Future<?> acknowledged = job.trace.follow(
                Step.ACKNOWLEDGE,
                span -> Future.join(deliveries.stream().map(WorkMessage::ack).toList()));
        acknowledged.onComplete(done -> {
            if (job.deliveries.size() > deliveries.size() && !job.left) {
                acknowledge(job, outcome); // it came again meanwhile
                return;
            }
            if (done.failed()) {
                reports.acknowledgementFailed(job.message(), done.cause());
            }
            reports.completed(job, outcome);
            remove(job);
            end(job);
        });
    }

    private void fail(Job job, Failure seen) {
        if (job.begun) {
            ifOurs(job, ours -> conclude(job, seen, ours));
        } else {
            conclude(job, seen, !job.left);
        }
    }

    /** What is not ours (any more) is not ours to settle. */
    private void conclude(Job job, Failure seen, boolean ours) {
        Failure failure = demoted(job, seen);
        Action action = ours ? actionFor(job, failure) : Action.LEFT;
        if (action == Action.HELD) {
            reports.failed(job, failure, action);
            hold(job, failure);
            return;
        }
        settleAll(job, failure, action).onComplete(done -> {
            if (done.failed() && action == Action.DEAD_LETTERED) {
                letterFailed(job, rules.of(done.cause()));
                return;
            }
            reports.failed(job, failure, action);
            remove(job);
            end(job);
            if (action == Action.RETRIED) {
                awaitAgain(job, rules.delayAfter(job.tries()));
            } else {
                lanes.done(job.notification.run().chamber());
            }
        });
    }

    private Action actionFor(Job job, Failure failure) {
        return returning ? Action.RETURNED : settlement.actionFor(failure, job.tries());
    }

    private void end(Job job) {
        job.started = false;
        if (job.begun) {
            job.begun = false;
            ownership.end(job.notification.run().chamber());
        }
    }

    /** Without its dead letter a message must not go: it is tried again once the broker can serve, or comes again later. */
    private void letterFailed(Job job, Failure failure) {
        if (failure instanceof Failure.Overloaded) {
            fail(job, failure);
        } else {
            job.message().nak(rules.delayAfter(rules.maxTries()));
            remove(job);
            end(job);
            lanes.done(job.notification.run().chamber());
        }
    }

    private Future<?> settleAll(Job job, Failure failure, Action action) {
        return job.trace.follow(Step.SETTLE, span -> {
            List<Future<Void>> settled = new ArrayList<>();
            for (WorkMessage message : List.copyOf(job.deliveries)) {
                settled.add(settlement.settle(message, failure, action, job.tries()));
            }
            return Future.join(settled);
        });
    }

    private void hold(Job job, Failure failure) {
        if (job.succeededBefore < 0) {
            job.succeededBefore = succeeded;
        }
        end(job);
        job.waits();
        lanes.pause();
        outage.enter(failure.reason());
        lanes.again(job.notification.run().chamber());
        if (drained != null) {
            returnEverything();
        }
    }

    private Failure demoted(Job job, Failure failure) {
        boolean othersGoOn = job.succeededBefore >= 0 && succeeded - job.succeededBefore >= OTHERS_SUCCEEDED;
        return failure instanceof Failure.Overloaded overloaded && othersGoOn
                ? new Failure.Retryable(overloaded.reason(), overloaded.errorClass(), rules.maxTries())
                : failure;
    }

    /** A notification that can't be read belongs to no lane. */
    private void refuse(WorkMessage message, Failure failure) {
        settlement
                .settle(message, failure, Action.DEAD_LETTERED, message.deliveries())
                .onSuccess(stored -> reports.refused(message, failure, Action.DEAD_LETTERED))
                .onFailure(error -> {
                    reports.refused(message, failure, Action.RETRIED);
                    message.nak(rules.delayAfter(message.deliveries()));
                });
    }

    private void returnEverything() {
        returning = true;
        lanes.pause();
        for (Job job : List.copyOf(inFlight.values())) {
            if (job.attempt != null) {
                job.attempt.callOff();
            }
            job.deliveries.forEach(message -> message.nak(Duration.ZERO));
            job.ends();
        }
        inFlight.clear();
        checkDrained();
    }

    private void remove(Job job) {
        inFlight.remove(job.message().sequence(), job);
        job.ends();
        checkDrained();
    }

    private void checkDrained() {
        if (drained != null && inFlight.isEmpty()) {
            drained.tryComplete();
        }
    }
}
