package io.tfdc.api;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who asked for which change and what came of it. Every entry is a line of the logger {@code io.tfdc.audit}, which is the record; the
 * latest {@value #KEPT} are kept in memory to look at. Any thread.
 */
public final class AuditLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.tfdc.audit");
    private static final int KEPT = 1_000;

    private final Deque<Entry> latest = new ArrayDeque<>();

    /**
     * One request.
     *
     * @param caller who asked
     * @param address from where
     * @param operation operation of the contract
     * @param subject what it was about, without texts and documents
     * @param status HTTP status of the answer
     */
    public record Entry(Instant at, String caller, String address, String operation, String subject, int status) {}

    void add(Entry entry) {
        LOG.atInfo()
                .addKeyValue("caller", entry.caller())
                .addKeyValue("address", entry.address())
                .addKeyValue("operation", entry.operation())
                .addKeyValue("subject", entry.subject())
                .addKeyValue("status", entry.status())
                .log(entry.status() < 300 ? "changed" : "refused");
        synchronized (latest) {
            latest.addFirst(entry);
            if (latest.size() > KEPT) {
                latest.removeLast();
            }
        }
    }

    /** The latest entries, newest first. */
    public List<Entry> latest(int max) {
        synchronized (latest) {
            return new ArrayList<>(latest).subList(0, Math.min(max, latest.size()));
        }
    }
}
