package io.tfdc.tracing;

import io.tfdc.model.RunId;
import java.util.Map;

/** Where traces of runs begin and go on; safe for use from any thread. Nothing here fails, and nothing waits for who reads traces. */
public interface Tracing {
    /** Follows nothing. */
    Tracing OFF = new Untraced();

    /** Begins the trace of a run that starts in this process. */
    Span begin(Step step, RunId run);

    /**
     * Goes on with the trace that a message belongs to. Where its headers name none, or nothing that can be read, a trace begins here.
     *
     * @param headers of the message, as whoever sent it wrote them
     */
    Span resume(Step step, RunId run, Map<String, String> headers);
}
