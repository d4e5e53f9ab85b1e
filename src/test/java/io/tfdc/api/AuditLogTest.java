package io.tfdc.api;

import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tfdc.model.AuditEntry;
import io.tfdc.storage.ChartStore;
import io.tfdc.storage.StoreException;
import io.tfdc.testing.VertxTestKit;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AuditLogTest {
    private final List<String> stored = new CopyOnWriteArrayList<>();
    private final AtomicReference<StoreException> failure = new AtomicReference<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.tfdc.audit");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private VertxTestKit kit;
    private Context context;
    private AuditLog audit;

    @BeforeEach
    void open() {
        kit = new VertxTestKit();
        context = kit.vertx().getOrCreateContext();
        lines.list = new CopyOnWriteArrayList<>();
        lines.start();
        logger.addAppender(lines);
        logger.setAdditive(false);
        logger.setLevel(Level.INFO);
        audit = new AuditLog(kit.vertx(), store());
    }

    @AfterEach
    void close() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
        logger.setLevel(null);
        kit.close();
    }

    private ChartStore store() {
        return (ChartStore) Proxy.newProxyInstance(
                ChartStore.class.getClassLoader(), new Class<?>[] {ChartStore.class}, (proxy, method, arguments) -> {
                    StoreException now = failure.get();
                    if (now != null) {
                        return Future.failedFuture(now);
                    }
                    stored.add(((AuditEntry) arguments[0]).subject());
                    return Future.succeededFuture();
                });
    }

    private void add(String caller, String subject) {
        context.runOnContext(v -> audit.add(
                new AuditEntry(audit.nextId(), Instant.EPOCH, caller, "10.0.0.7", "clusterCommand", subject, 200)));
    }

    private boolean logged(String text) {
        return lines.list.stream().anyMatch(line -> line.getFormattedMessage().contains(text));
    }

    @Test
    void entriesAreStoredInTheirOrderAndThoseOfStrangersAreLoggedAlone() {
        add("kim", "1");
        add(Caller.NOBODY, "2");
        add("kim", "3");
        eventually("stored", () -> stored.equals(List.of("1", "3")));
        assertEquals(3, lines.list.size());
    }

    @Test
    void whileTheStoreIsAwayEntriesWait() {
        failure.set(new StoreException("away", true));
        add("kim", "1");
        add("kim", "2");
        eventually("told", () -> logged("not stored yet: away"));
        failure.set(null);
        eventually("stored when it is back", () -> stored.equals(List.of("1", "2")));
    }

    @Test
    void whatCantBeStoredIsALineAtLevelError() {
        failure.set(new StoreException("refused", false));
        add("kim", "1");
        eventually("told", () -> logged("not stored: refused"));
        ILoggingEvent line = lines.list.get(1);
        assertEquals(Level.ERROR, line.getLevel());
        assertTrue(line.getKeyValuePairs().toString().contains("subject=\"1\""), line.getKeyValuePairs()::toString);
        failure.set(null);
        add("kim", "2");
        eventually("and the next is stored", () -> stored.equals(List.of("2")));
    }
}
