package io.tfdc.processing;

import io.micrometer.core.instrument.MeterRegistry;
import io.tfdc.messaging.MessageStream;
import io.tfdc.messaging.Subjects;
import io.tfdc.storage.ChartStore;
import io.tfdc.storage.cache.CacheOptions;
import io.tfdc.strategy.StrategyBook;
import io.tfdc.tracing.Tracing;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * What processing is made of.
 *
 * @param settings how much it takes on
 * @param store where charts are; processing puts its history cache in front of it and does not close it
 * @param cache bounds of that cache
 * @param feed where notifications come from
 * @param subjects subjects of notifications
 * @param alarms stream that alarms are published to
 * @param deadLetters stream of notifications given up
 * @param brokerReady succeeds when the broker can serve; asked during outages
 * @param strategies the strategies in force; asked once per run, on the processing context
 * @param ownership whose chambers are whose
 * @param meters registry of the process
 * @param clock time for dead letters
 * @param tracing who follows runs
 */
public record ProcessingParts(
        ProcessingSettings settings,
        ChartStore store,
        CacheOptions cache,
        NotificationFeed feed,
        Subjects subjects,
        MessageStream alarms,
        MessageStream deadLetters,
        Supplier<Future<Void>> brokerReady,
        Supplier<StrategyBook> strategies,
        Ownership ownership,
        MeterRegistry meters,
        Clock clock,
        Tracing tracing) {}
