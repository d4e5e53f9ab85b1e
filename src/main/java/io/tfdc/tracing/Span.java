package io.tfdc.tracing;

import io.vertx.core.Future;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A step that takes its time, part of a trace. To be ended once; ending it again changes nothing. Safe for use from any thread. */
public interface Span {
    /** Begins a step within this one. */
    Span child(Step step);

    Span with(Detail detail, String value);

    Span with(Detail detail, long value);

    /** Headers that let whoever receives a message go on with this trace; none if nobody follows it. */
    Map<String, String> headers();

    /**
     * Notes that the step failed, before it is ended.
     *
     * @param kind class of the error
     * @param reason in words that may be shown, may be empty
     */
    void fail(String kind, String reason);

    void end();

    /** Ends the step with its failure, if there is one. Texts of other people's exceptions are left out: they may say anything. */
    default void end(@Nullable Throwable failure) {
        if (failure != null) {
            boolean ours = failure.getClass().getName().startsWith("io.tfdc.");
            fail(failure.getClass().getSimpleName(), ours ? String.valueOf(failure.getMessage()) : "");
        }
        end();
    }

    /** Does something as a step within this one, which ends with the future. */
    default <T> Future<T> follow(Step step, Function<Span, Future<T>> work) {
        Span child = child(step);
        try {
            return work.apply(child).onComplete(done -> child.end(done.cause()));
        } catch (RuntimeException e) {
            child.end(e);
            throw e;
        }
    }

    /** Does something on this thread as a step within this one. */
    default <T> T measure(Step step, Supplier<T> work) {
        Span child = child(step);
        try {
            T result = work.get();
            child.end();
            return result;
        } catch (RuntimeException e) {
            child.end(e);
            throw e;
        }
    }
}
