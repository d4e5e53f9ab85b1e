package io.tfdc.scenarios;

import io.tfdc.messaging.MessageStream;
import io.tfdc.messaging.NotificationCodec;
import io.tfdc.messaging.Subjects;
import io.tfdc.model.ChamberId;
import io.tfdc.storage.ChartStore;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The data collector: stores a T-chart and publishes its notification for every chamber at an even pace, chambers in turn. What the store or
 * the broker doesn't take is offered until they do; a chamber whose last notification is still on its way misses its turn.
 */
final class ProbeFeed {
    private static final long TICK_MILLIS = 5;
    private static final long RETRY_MILLIS = 100;

    private final Vertx vertx;
    private final Context context;
    private final ChartStore store;
    private final MessageStream stream;
    private final Ledger ledger;
    private final long intervalNanos;
    private final Subjects subjects = new Subjects(Subjects.DEFAULT_TEMPLATE);
    private final List<Line> lines = new ArrayList<>();
    private long timer = -1;
    private int underWay;
    private Promise<Void> idle = Promise.promise();

    /** One chamber's notifications. */
    private static final class Line {
        final ChamberId chamber;
        int next;
        long due;
        boolean busy;

        Line(ChamberId chamber) {
            this.chamber = chamber;
        }
    }

    ProbeFeed(Vertx vertx, ChartStore store, MessageStream stream, Ledger ledger, Duration interval) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.store = store;
        this.stream = stream;
        this.ledger = ledger;
        this.intervalNanos = interval.toNanos();
        ledger.chambers().forEach(chamber -> lines.add(new Line(chamber)));
    }

    void start() {
        context.runOnContext(v -> {
            long now = System.nanoTime();
            for (int i = 0; i < lines.size(); i++) {
                lines.get(i).due = now + i * intervalNanos / lines.size();
            }
            idle = Promise.promise();
            timer = vertx.setPeriodic(TICK_MILLIS, id -> tick());
        });
    }

    /** Publishes nothing more; completes when everything that was begun is confirmed. */
    Future<Void> stop() {
        Promise<Void> stopped = Promise.promise();
        context.runOnContext(v -> {
            vertx.cancelTimer(timer);
            timer = -1;
            idle.future().onComplete(stopped);
            if (underWay == 0) {
                idle.tryComplete();
            }
        });
        return stopped.future();
    }

    private void tick() {
        long now = System.nanoTime();
        for (Line line : lines) {
            if (now >= line.due) {
                line.due += intervalNanos * (1 + (now - line.due) / intervalNanos);
                if (!line.busy) {
                    publish(line);
                }
            }
        }
    }

    private void publish(Line line) {
        int number = line.next++;
        line.busy = true;
        underWay++;
        Instant[] published = new Instant[1];
        insist(() -> store.putTChart(ProbeRuns.chart(line.chamber, number)))
                .compose(stored -> {
                    published[0] = Instant.now();
                    byte[] body = NotificationCodec.encode(ProbeRuns.notification(line.chamber, number));
                    String id = ProbeRuns.id(line.chamber, number).toString();
                    return insist(() -> stream.publish(subjects.completed(line.chamber), body, id, Map.of()));
                })
                .onComplete(done -> {
                    ledger.published(line.chamber, published[0]);
                    line.busy = false;
                    underWay--;
                    if (underWay == 0 && timer < 0) {
                        idle.tryComplete();
                    }
                });
    }

    private <T> Future<T> insist(Supplier<Future<T>> action) {
        return action.get().recover(failure -> vertx.timer(RETRY_MILLIS).compose(v -> insist(action)));
    }
}
