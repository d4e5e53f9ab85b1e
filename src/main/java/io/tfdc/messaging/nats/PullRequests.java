package io.tfdc.messaging.nats;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which requests for messages the server still holds, and how many messages may still come of them. */
final class PullRequests {
    /** How long after a request's end its last message or its end may arrive. */
    private static final Duration GRACE = Duration.ofMillis(1500);

    private static final long LIFE = NatsConsumer.EXPIRY.plus(GRACE).toNanos();

    private final Map<Long, Request> open = new LinkedHashMap<>();
    private long lastId;
    private int outstanding;

    private record Request(int batch, long deadline) {}

    /** Messages that may still come. */
    int outstanding() {
        return outstanding;
    }

    /** A request for a number of messages; yields its id. */
    long add(int batch, long now) {
        open.put(++lastId, new Request(batch, now + LIFE));
        outstanding += batch;
        return lastId;
    }

    /** A message came, of any of the requests. */
    void received() {
        outstanding = Math.max(0, outstanding - 1);
        if (outstanding == 0) {
            open.clear();
        }
    }

    /** The server ended a request with so many messages missing, at most all of them. */
    void end(long id, int missing) {
        Request ended = open.remove(id);
        if (ended != null) {
            outstanding = Math.max(0, outstanding - Math.min(missing, ended.batch()));
        }
    }

    /**
     * Forgets requests whose end should have arrived. Yields true if some of what they were to bring is missing: the server is silent, or
     * what it said was lost.
     */
    boolean expire(long now) {
        open.values().removeIf(request -> now - request.deadline() > 0);
        int possible = open.values().stream().mapToInt(Request::batch).sum();
        boolean missing = outstanding > possible;
        outstanding = Math.min(outstanding, possible);
        return missing;
    }

    /** Forgets all of them. */
    void clear() {
        open.clear();
        outstanding = 0;
    }
}
