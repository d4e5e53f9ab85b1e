package io.tfdc.cli.demo;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tfdc.messaging.MessageStream;
import io.tfdc.messaging.NotificationCodec;
import io.tfdc.messaging.StreamConfig;
import io.tfdc.messaging.embedded.EmbeddedBroker;
import io.tfdc.model.ChamberId;
import io.tfdc.model.CompletionNotification;
import io.tfdc.processing.Ownership;
import io.tfdc.processing.Processing;
import io.tfdc.processing.ProcessingParts;
import io.tfdc.processing.ProcessingSettings;
import io.tfdc.processing.WholeStream;
import io.tfdc.storage.ChartStore;
import io.tfdc.storage.Retention;
import io.tfdc.storage.cache.CacheOptions;
import io.tfdc.storage.sqlite.SqliteChartStore;
import io.tfdc.strategy.StrategyBook;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Broker, store and processing in one process. */
final class DemoSystem {
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final EmbeddedBroker broker;
    private final ChartStore store;
    private final MessageStream notifications;
    private final Processing processing;

    private DemoSystem(EmbeddedBroker broker, ChartStore store, MessageStream notifications, Processing processing) {
        this.broker = broker;
        this.store = store;
        this.notifications = notifications;
        this.processing = processing;
    }

    /** @param retention how long charts stay in the store */
    static Future<DemoSystem> start(Vertx vertx, Path storeFile, Retention retention, StrategyBook strategies) {
        EmbeddedBroker broker = EmbeddedBroker.create(vertx);
        Future<MessageStream> work =
                broker.stream(stream("dc-notifications", "dc.>", StreamConfig.Retention.WORK_QUEUE, Duration.ofDays(7)));
        Future<MessageStream> alarms =
                broker.stream(stream("fdc-alarms", "alarm.>", StreamConfig.Retention.LIMITS, Duration.ofMinutes(10)));
        Future<MessageStream> letters =
                broker.stream(stream("dc-dlq", "dlq.>", StreamConfig.Retention.LIMITS, Duration.ofHours(1)));
        return Future.all(work, alarms, letters)
                .compose(opened -> SqliteChartStore.open(vertx, storeFile, retention, InstantSource.system()))
                .compose(store -> process(vertx, store, work.result(), alarms.result(), letters.result(), strategies)
                        .map(processing -> new DemoSystem(broker, store, work.result(), processing)));
    }

    private static Future<Processing> process(
            Vertx vertx,
            ChartStore store,
            MessageStream work,
            MessageStream alarms,
            MessageStream letters,
            StrategyBook strategies) {
        ProcessingSettings settings = ProcessingSettings.defaults();
        return Processing.start(
                vertx,
                new ProcessingParts(
                        settings,
                        store,
                        CacheOptions.DEFAULT,
                        new WholeStream(work, "dc.*.*.completed", "demo", settings.ackWait(), settings.maxInFlight()),
                        alarms,
                        letters,
                        Future::succeededFuture,
                        () -> strategies,
                        Ownership.everything(),
                        new SimpleMeterRegistry(),
                        Clock.systemUTC()));
    }

    ChartStore store() {
        return store;
    }

    Processing processing() {
        return processing;
    }

    /** Publishes a notification as the data collector does. */
    Future<?> announce(CompletionNotification notification) {
        ChamberId chamber = notification.run().chamber();
        return notifications.publish(
                "dc." + chamber.tool() + '.' + chamber.chamber() + ".completed",
                NotificationCodec.encode(notification),
                notification.run().toString(),
                Map.of());
    }

    /** Lets what is in work finish, then closes everything. */
    Future<Void> stop() {
        return processing
                .stop(DRAIN)
                .transform(done -> store.close())
                .transform(done -> broker.close());
    }

    private static StreamConfig stream(String name, String subject, StreamConfig.Retention retention, Duration age) {
        return new StreamConfig(name, List.of(subject), retention, age, 1 << 20, Duration.ofMinutes(2), 1, -1);
    }
}
