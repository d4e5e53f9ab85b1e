package io.tfdc.cli;

import io.tfdc.cli.backtest.BacktestReport;
import io.tfdc.model.ChamberId;
import io.tfdc.replay.RunFeed;
import io.tfdc.replay.StoreFeed;
import io.tfdc.storage.ChartStore;
import io.tfdc.storage.Retention;
import io.tfdc.storage.sqlite.SqliteChartStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Opens the store that a back-test replays. */
final class BacktestStore {
    /** A replay must not age what it reads. */
    private static final Duration KEPT = Duration.ofDays(20 * 365);

    private BacktestStore() {}

    /** Work on a feed. */
    interface Replay {
        BacktestReport on(RunFeed feed) throws IOException;
    }

    static BacktestReport open(
            String kind,
            ConfigOptions options,
            List<String> chambers,
            @Nullable Instant from,
            @Nullable Instant to,
            Map<String, String> attributes,
            Replay replay) {
        List<ChamberId> only = chambers.stream().map(BacktestStore::chamber).toList();
        Instant first = from == null ? Instant.EPOCH : from;
        Instant end = to == null ? StoreFeed.END_OF_TIME : to;
        return ShortLived.run(vertx -> opener(kind, options)
                .apply(vertx)
                .compose(store -> vertx.executeBlocking(
                        () -> {
                            try (StoreFeed feed = new StoreFeed(store, only, first, end, attributes)) {
                                return replay.on(feed);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        },
                        false)));
    }

    private static ChamberId chamber(String text) {
        try {
            return ChamberId.parse(text);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("--chamber: " + e.getMessage());
        }
    }

    private static Function<Vertx, Future<ChartStore>> opener(String kind, ConfigOptions options) {
        if (kind.equals("config")) {
            return vertx -> Connections.store(vertx, options.apply());
        }
        if (!kind.startsWith("sqlite:")) {
            throw CommandException.usage("--store: expected sqlite:FILE or config, found \"" + kind + '"');
        }
        Path file = Path.of(kind.substring(7));
        if (!Files.isRegularFile(file)) {
            throw CommandException.usage("--store: no file " + file);
        }
        return vertx -> SqliteChartStore.open(vertx, file, new Retention(KEPT, KEPT), Clock.systemUTC())
                .map(store -> store);
    }
}
