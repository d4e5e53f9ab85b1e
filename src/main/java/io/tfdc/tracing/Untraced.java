package io.tfdc.tracing;

import io.tfdc.model.RunId;
import io.vertx.core.Future;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tracing that is off, and the one span it knows. */
final class Untraced implements Tracing, Span {
    @Override
    public Span begin(Step step, RunId run) {
        return this;
    }

    @Override
    public Span resume(Step step, RunId run, Map<String, String> headers) {
        return this;
    }

    @Override
    public Span child(Step step) {
        return this;
    }

    @Override
    public Span with(Detail detail, String value) {
        return this;
    }

    @Override
    public Span with(Detail detail, long value) {
        return this;
    }

    @Override
    public Map<String, String> headers() {
        return Map.of();
    }

    @Override
    public void fail(String kind, String reason) {
        // nobody asks
    }

    @Override
    public void end() {
        // nobody asks
    }

    @Override
    public void end(@Nullable Throwable failure) {
        // nobody asks
    }

    @Override
    public <T> Future<T> follow(Step step, Function<Span, Future<T>> work) {
        return work.apply(this);
    }

    @Override
    public <T> T measure(Step step, Supplier<T> work) {
        return work.get();
    }
}
