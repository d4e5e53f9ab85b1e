package io.tfdc.api;

import io.tfdc.model.StrategyActivation;
import io.tfdc.model.StrategyVersion;
import io.tfdc.storage.ChartStore;
import io.tfdc.strategy.StrategyBook;
import io.tfdc.strategy.StrategyException;
import io.tfdc.strategy.StrategySource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The strategies in force: those of files, fixed, or those of the store, where activations are picked up within seconds. A change is
 * another book as a whole; where the stored versions can't be compiled together the book before stays in force.
 */
public final class ActiveStrategies {
    private static final Logger LOG = LoggerFactory.getLogger(ActiveStrategies.class);

    private final Vertx vertx;
    private final ChartStore store;
    private final StrategyBook fallback;
    private final boolean fixed;
    private volatile StrategyBook book;
    private volatile List<String> versions = List.of();

    private ActiveStrategies(Vertx vertx, ChartStore store, StrategyBook book, boolean fixed) {
        this.vertx = vertx;
        this.store = store;
        this.fallback = book;
        this.book = book;
        this.fixed = fixed;
    }

    /** A book that the store has no say in. */
    public static ActiveStrategies fixed(Vertx vertx, ChartStore store, StrategyBook book) {
        return new ActiveStrategies(vertx, store, book, true);
    }

    /**
     * Follows the store; the future completes when it has been read once.
     *
     * @param fallback in force while the store has no strategy in force
     */
    public static Future<ActiveStrategies> follow(
            Vertx vertx, ChartStore store, StrategyBook fallback, Duration every) {
        ActiveStrategies strategies = new ActiveStrategies(vertx, store, fallback, false);
        return strategies.refresh().map(read -> {
            vertx.setPeriodic(
                    every.toMillis(),
                    id -> strategies
                            .refresh()
                            .onFailure(error -> LOG.debug("strategies can't be read now: {}", error.getMessage())));
            return strategies;
        });
    }

    /** The book in force; any thread. */
    public StrategyBook book() {
        return book;
    }

    /** Whether files decide, so that nothing can be activated. */
    public boolean isFixed() {
        return fixed;
    }

    /** Whether the store has no strategy in force, so that the one that comes with the program judges. */
    public boolean isFallback() {
        return book == fallback && !fixed;
    }

    /** Reads the store now. */
    public Future<Void> refresh() {
        if (fixed) {
            return Future.succeededFuture();
        }
        Future<List<StrategyVersion>> stored = store.strategies();
        Future<List<StrategyActivation>> activations = store.activations();
        return Future.all(stored, activations).compose(read -> take(inForce(stored.result(), activations.result())));
    }

    /** Of every strategy the version activated last; without any decision the newest, as stored by older tools. */
    static List<StrategyVersion> inForce(List<StrategyVersion> stored, List<StrategyActivation> latestFirst) {
        Map<String, Integer> decided = new LinkedHashMap<>();
        latestFirst.forEach(activation -> decided.putIfAbsent(activation.id(), activation.version()));
        Map<String, StrategyVersion> chosen = new LinkedHashMap<>();
        for (StrategyVersion version : stored) {
            Integer wanted = decided.get(version.id());
            if (wanted == null || wanted == version.version()) {
                chosen.putIfAbsent(version.id(), version);
            }
        }
        return List.copyOf(chosen.values());
    }

    /** The documents that would be in force with another one in the place of those of its strategy. */
    Future<List<StrategySource>> sourcesWith(String id, String yaml) {
        if (fixed) {
            return Future.succeededFuture(List.of(new StrategySource("document", yaml)));
        }
        Future<List<StrategyVersion>> stored = store.strategies();
        Future<List<StrategyActivation>> activations = store.activations();
        return Future.all(stored, activations).map(read -> {
            List<StrategySource> sources = new ArrayList<>();
            sources.add(new StrategySource("document", yaml));
            inForce(stored.result(), activations.result()).stream()
                    .filter(version -> !version.id().equals(id))
                    .forEach(version -> sources.add(source(version)));
            return List.copyOf(sources);
        });
    }

    private Future<Void> take(List<StrategyVersion> chosen) {
        List<String> names = chosen.stream()
                .map(version -> version.id() + '@' + version.version())
                .toList();
        if (names.equals(versions)) {
            return Future.succeededFuture();
        }
        return vertx.executeBlocking(
                        () -> StrategyBook.compile(
                                chosen.stream().map(ActiveStrategies::source).toList()),
                        false)
                .map(compiled -> {
                    book = compiled.strategies().isEmpty() ? fallback : compiled;
                    versions = names;
                    LOG.atInfo().addKeyValue("strategies", String.valueOf(book)).log("strategies in force");
                    return (Void) null;
                })
                .recover(error -> {
                    if (error instanceof StrategyException) {
                        LOG.error(
                                "the strategies in the store are refused, those before stay in force: {}",
                                error.getMessage());
                        versions = names;
                        return Future.succeededFuture();
                    }
                    return Future.failedFuture(error);
                });
    }

    private static StrategySource source(StrategyVersion version) {
        return new StrategySource(version.id() + '@' + version.version(), version.yaml());
    }
}
