package io.tfdc.api;

import io.tfdc.model.AuditEntry;
import io.tfdc.storage.ChartStore;
import io.tfdc.storage.StoreException;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Who asked for which change and what came of it. Every request is a line of the logger {@code io.tfdc.audit} at once; those of known
 * callers are stored as well, one after the other. While the store is away up to {@value #MOST_WAITING} entries wait for it, and changes go
 * on: an operator has to be able to act in an outage. What can't be stored is a line at level error of the same logger, with everything
 * that the entry would have held. Owned by the API's context.
 */
final class AuditLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.tfdc.audit");
    private static final int MOST_WAITING = 1_000;
    private static final long AGAIN_MILLIS = 2_000;
    private final Vertx vertx;
    private final ChartStore store;
    private final Deque<AuditEntry> waiting = new ArrayDeque<>();
    private final String process = UUID.randomUUID().toString();
    private long entries;
    private @Nullable AuditEntry writing;

    AuditLog(Vertx vertx, ChartStore store) {
        this.vertx = vertx;
        this.store = store;
    }

    /** An id for the next entry, unlike that of any other process; those of one process grow. */
    String nextId() {
        return String.format(Locale.ROOT, "%010d-%s", ++entries, process);
    }

    /** Takes an entry; what is asked without credentials is logged and not stored, or anybody could fill the store. */
    void add(AuditEntry entry) {
        log(Level.INFO, entry, entry.status() < 300 ? "changed" : "refused");
        if (entry.caller().equals(Caller.NOBODY)) {
            return;
        }
        if (waiting.size() >= MOST_WAITING) {
            log(Level.ERROR, waiting.removeFirst(), "not stored: too many entries wait for the store");
        }
        waiting.addLast(entry);
        if (writing == null) {
            next();
        }
    }

    private void next() {
        AuditEntry entry = waiting.pollFirst();
        writing = entry;
        if (entry != null) {
            store.putAudit(entry).onSuccess(stored -> next()).onFailure(error -> failed(entry, error));
        }
    }

    private void failed(AuditEntry entry, Throwable error) {
        if (error instanceof StoreException store && !store.retryable()) {
            log(Level.ERROR, entry, "not stored: " + error.getMessage());
            next();
            return;
        }
        log(Level.WARN, entry, "not stored yet: " + error.getMessage());
        waiting.addFirst(entry);
        vertx.setTimer(AGAIN_MILLIS, id -> next());
    }

    private static void log(Level level, AuditEntry entry, String message) {
        LOG.atLevel(level)
                .addKeyValue("caller", entry.caller())
                .addKeyValue("address", entry.address())
                .addKeyValue("operation", entry.operation())
                .addKeyValue("subject", entry.subject())
                .addKeyValue("status", entry.status())
                .addKeyValue("entry", entry.id())
                .log(message);
    }
}
