package io.tfdc.cli.demo;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tfdc.api.ActiveStrategies;
import io.tfdc.messaging.MessageStream;
import io.tfdc.messaging.NotificationCodec;
import io.tfdc.messaging.StreamConfig;
import io.tfdc.messaging.Streams;
import io.tfdc.messaging.Subjects;
import io.tfdc.messaging.embedded.EmbeddedBroker;
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
import io.tfdc.tracing.Tracing;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** Broker, store and processing in one process. */
final class DemoSystem {
    private static final Duration DRAIN = Duration.ofSeconds(10);
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final EmbeddedBroker broker;
    private final ChartStore store;
    private final Subjects subjects;
    private final MessageStream notifications;
    private final MessageStream letters;
    private final ActiveStrategies strategies;
    private final Processing processing;

    private DemoSystem(
            EmbeddedBroker broker,
            ChartStore store,
            Subjects subjects,
            MessageStream notifications,
            MessageStream letters,
            ActiveStrategies strategies,
            Processing processing) {
        this.broker = broker;
        this.store = store;
        this.subjects = subjects;
        this.notifications = notifications;
        this.letters = letters;
        this.strategies = strategies;
        this.processing = processing;
    }

    /** @param retention how long charts stay in the store */
    static Future<DemoSystem> start(Vertx vertx, Path storeFile, Retention retention, DemoStrategies strategies) {
        EmbeddedBroker broker = EmbeddedBroker.create(vertx);
        Subjects subjects = new Subjects(Subjects.DEFAULT_TEMPLATE);
        Future<MessageStream> work = broker.stream(Streams.notifications(1));
        Future<MessageStream> alarms = broker.stream(shortLived(Streams.alarms(1)));
        Future<MessageStream> letters = broker.stream(shortLived(Streams.deadLetters(1)));
        return Future.all(work, alarms, letters)
                .compose(opened -> SqliteChartStore.open(vertx, storeFile, retention, InstantSource.system()))
                .compose(store -> strategies
                        .inForce(vertx, store)
                        .compose(active -> process(
                                        vertx,
                                        store,
                                        subjects,
                                        work.result(),
                                        alarms.result(),
                                        letters.result(),
                                        active)
                                .map(processing -> new DemoSystem(
                                        broker,
                                        store,
                                        subjects,
                                        work.result(),
                                        letters.result(),
                                        active,
                                        processing))));
    }

    private static Future<Processing> process(
            Vertx vertx,
            ChartStore store,
            Subjects subjects,
            MessageStream work,
            MessageStream alarms,
            MessageStream letters,
            ActiveStrategies strategies) {
        ProcessingSettings settings = ProcessingSettings.defaults();
        return Processing.start(
                vertx,
                new ProcessingParts(
                        settings,
                        store,
                        CacheOptions.DEFAULT,
                        new WholeStream(
                                        work,
                                        subjects.everyCompleted(),
                                        "demo",
                                        settings.ackWait(),
                                        settings.maxInFlight())
                                .feed(),
                        subjects,
                        alarms,
                        letters,
                        Future::succeededFuture,
                        strategies::book,
                        Ownership.everything(),
                        new SimpleMeterRegistry(),
                        Clock.systemUTC(),
                        Tracing.OFF));
    }

    ChartStore store() {
        return store;
    }

    MessageStream notifications() {
        return notifications;
    }

    MessageStream letters() {
        return letters;
    }

    ActiveStrategies strategies() {
        return strategies;
    }

    Processing processing() {
        return processing;
    }

    /** Publishes a notification as the data collector does. */
    Future<?> announce(CompletionNotification notification) {
        return notifications.publish(
                subjects.completed(notification.run().chamber()),
                NotificationCodec.encode(notification),
                notification.run().toString(),
                Map.of());
    }

    /** Lets what is in work finish, then closes everything. */
    Future<Void> stop() {
        return processing.stop(DRAIN).transform(done -> store.close()).transform(done -> broker.close());
    }

    /** The embedded broker keeps streams in memory, and a demonstration may go on for days. */
    private static StreamConfig shortLived(StreamConfig usual) {
        return new StreamConfig(
                usual.name(),
                usual.subjects(),
                usual.retention(),
                KEPT,
                usual.maxMessageBytes(),
                usual.duplicateWindow(),
                usual.replicas(),
                usual.maxConsumers());
    }
}
