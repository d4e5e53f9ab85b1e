package io.tfdc.processing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.tfdc.cluster.ClusterEvents;
import io.vertx.core.Vertx;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EventCatalogTest {
    private static final Path PAGE = Path.of(System.getProperty("project.basedir", "."), "docs", "event-bus.md");
    private static final Path FRESH = Path.of(System.getProperty("project.build.directory", "target"), "event-bus.md");

    @Test
    void thePageDescribesEveryAddress() throws Exception {
        String expected = page();
        String present = Files.exists(PAGE) ? Files.readString(PAGE, StandardCharsets.UTF_8) : "";
        if (!expected.equals(present)) {
            Files.writeString(FRESH, expected);
        }
        assertEquals(expected, present, PAGE + " is made from EventCatalog; the page it should be is " + FRESH);
    }

    @Test
    void payloadsTravelByReferenceAndCodecsAreRegisteredOnce() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            EventCatalog.register(vertx);
            EventCatalog.register(vertx);
            CompletableFuture<ProcessingStats> received = new CompletableFuture<>();
            vertx.eventBus().<ProcessingStats>localConsumer(ProcessingStats.ADDRESS, m -> received.complete(m.body()));
            vertx.eventBus().publish(ProcessingStats.ADDRESS, ProcessingStats.NONE);
            assertSame(ProcessingStats.NONE, received.get(10, TimeUnit.SECONDS));
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    private static List<EventCatalog.Entry> entries() {
        return Stream.concat(EventCatalog.ENTRIES.stream(), ClusterEvents.ENTRIES.stream())
                .toList();
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # Events on the bus

                Within a process its parts tell each other what happened through the Vert.x event bus. Events are for watching: screens,
                the debug console and tests subscribe, nothing that matters depends on somebody listening. They go to everybody
                (`publish`), in the process only, as immutable records handed over by reference. Commands don't travel here, with one
                exception: the process that leads takes operators' commands under `cluster.operator`, JSON in and out, as on the broker's
                subject `defender.operator`.

                ```java
                vertx.eventBus().<RunCompleted>localConsumer(RunCompleted.ADDRESS, message -> show(message.body()));
                ```

                | address | payload | from | when |
                |---|---|---|---|
                """);
        for (EventCatalog.Entry entry : entries()) {
            page.append("| `%s` | `%s` | %s | %s |%n"
                    .formatted(entry.address(), entry.payload().getSimpleName(), entry.sender(), entry.meaning()));
        }
        page.append("\n## Payloads\n");
        for (EventCatalog.Entry entry : entries()) {
            page.append("%n`%s(%s)`%n"
                    .formatted(
                            entry.payload().getName(),
                            Arrays.stream(entry.payload().getRecordComponents())
                                    .map(EventCatalogTest::describe)
                                    .collect(Collectors.joining(", "))));
        }
        return page.toString();
    }

    private static String describe(RecordComponent component) {
        return component
                        .getGenericType()
                        .getTypeName()
                        .replaceAll("\\w+\\.", "")
                        .replaceAll("\\w+\\$", "")
                + ' '
                + component.getName();
    }
}
