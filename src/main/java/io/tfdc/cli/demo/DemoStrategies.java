package io.tfdc.cli.demo;

import io.tfdc.api.ActiveStrategies;
import io.tfdc.model.StrategyVersion;
import io.tfdc.storage.ChartStore;
import io.tfdc.strategy.CompiledStrategy;
import io.tfdc.strategy.StrategyBook;
import io.tfdc.strategy.StrategySource;
import io.tfdc.yaml.YamlException;
import io.tfdc.yaml.YamlMapping;
import io.tfdc.yaml.YamlNode;
import io.tfdc.yaml.YamlReader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The strategies of a demonstration.
 *
 * @param book compiled
 * @param learningRuns most runs that any of them learns from before it judges
 * @param sources their documents
 */
record DemoStrategies(StrategyBook book, int learningRuns, List<StrategySource> sources) {
    private static final Duration FOLLOWED_EVERY = Duration.ofSeconds(2);
    private static final int USUAL_LEARNING_RUNS = 30;

    /** @throws IOException if a file can't be read */
    static DemoStrategies load(DemoOptions options) throws IOException {
        List<StrategySource> sources = new ArrayList<>();
        for (Path file : options.strategies()) {
            sources.add(new StrategySource(file.toString(), Files.readString(file)));
        }
        if (sources.isEmpty()) {
            sources.add(resource(options.traces().isEmpty() ? "demo.yaml" : "traces.yaml"));
        }
        int learning = sources.stream()
                .mapToInt(source -> learningRuns(source.yaml()))
                .max()
                .orElse(USUAL_LEARNING_RUNS);
        return new DemoStrategies(StrategyBook.compile(sources), learning, List.copyOf(sources));
    }

    /**
     * Puts them into the store, as versions that can be replaced by others. Where a kept store has the same version with another text
     * they are followed as they are.
     */
    Future<ActiveStrategies> inForce(Vertx vertx, ChartStore store) {
        Future<Void> stored = Future.succeededFuture();
        for (int i = 0; i < sources.size(); i++) {
            CompiledStrategy compiled = book.strategies().get(i);
            StrategyVersion version = new StrategyVersion(
                    compiled.id(), compiled.version(), sources.get(i).yaml(), "demo", Instant.now());
            stored = stored.compose(before -> store.putStrategy(version));
        }
        return stored.compose(done -> ActiveStrategies.follow(vertx, store, book, FOLLOWED_EVERY))
                .otherwise(ActiveStrategies.fixed(vertx, store, book));
    }

    private static StrategySource resource(String name) throws IOException {
        try (InputStream stream = DemoStrategies.class.getResourceAsStream("/strategies/" + name)) {
            if (stream == null) {
                throw new IOException("strategy " + name + " is not in the jar");
            }
            return new StrategySource(name, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** {@code chart.learning.minRuns} of a document; the usual number where it doesn't say. */
    static int learningRuns(String yaml) {
        try {
            YamlNode runs = child(child(child(YamlReader.read("strategy", yaml), "chart"), "learning"), "minRuns");
            return runs == null ? USUAL_LEARNING_RUNS : Integer.parseInt(runs.asText());
        } catch (YamlException | NumberFormatException refusedLater) {
            return USUAL_LEARNING_RUNS;
        }
    }

    private static @Nullable YamlNode child(@Nullable YamlNode node, String key) {
        return node instanceof YamlMapping mapping ? mapping.get(key) : null;
    }
}
