package io.tfdc.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.model.AlarmNote;
import io.tfdc.model.AuditEntry;
import io.tfdc.model.ChamberEvent;
import io.tfdc.model.ChamberId;
import io.tfdc.model.ChamberMetadata;
import io.tfdc.model.DefenseEvent;
import io.tfdc.model.LimitSet;
import io.tfdc.model.StrategyActivation;
import io.tfdc.model.StrategyVersion;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every chart store keeps to about events, limits, strategies and the other records. Each test has chambers of its own, so that one store serves all. */
public abstract class RecordContract {
    protected static final Instant T0 = RandomCharts.START;
    protected final RandomCharts random = new RandomCharts(new Random(42));
    protected ChamberId chamber = new ChamberId("TOOL", "CH_A");

    @BeforeEach
    void chooseAChamber() {
        chamber = new ChamberId("TOOL-" + UUID.randomUUID().toString().substring(0, 8), "CH_A");
    }

    protected abstract ChartStore store();

    protected abstract Vertx vertx();

    protected static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    static Instant minute(int minutes) {
        return T0.plus(Duration.ofMinutes(minutes));
    }

    @Test
    void defenseEventsComeBackNewestFirst() {
        List<DefenseEvent> events = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            events.add(random.event(chamber, "ctx_" + i, "rule" + i, minute(i)));
        }
        await(store().putDefenseEvents(events));
        await(store().putDefenseEvents(events));
        await(store().putDefenseEvents(List.of()));
        Collections.reverse(events);
        assertEquals(events, await(store().defenseEvents(chamber, T0, minute(6), 100)));
        assertEquals(events.subList(2, 4), await(store().defenseEvents(chamber, minute(2), minute(4), 100)));
        assertEquals(events.subList(0, 2), await(store().defenseEvents(chamber, T0, minute(6), 2)));
    }

    @Test
    void limitVersionsComeBackNewestFirst() {
        List<LimitSet> versions = new ArrayList<>();
        for (int version = 1; version <= 4; version++) {
            LimitSet limits = random.limits(chamber, "g", "etch", version, RandomCharts.layout(30));
            versions.add(0, limits);
            await(store().putLimits(limits));
            await(store().putLimits(limits));
        }
        await(store().putLimits(random.limits(chamber, "g", "other", 9, RandomCharts.layout(3))));
        assertEquals(versions, await(store().limits(chamber, "g", "etch", 100)));
        assertEquals(versions.subList(0, 1), await(store().limits(chamber, "g", "etch", 1)));
        assertEquals(List.of(), await(store().limits(chamber, "h", "etch", 100)));
    }

    @Test
    void chamberEventsComeBackOldestFirst() {
        ChamberEvent maintenance = new ChamberEvent(
                chamber, minute(1).plusNanos(5_000_001), ChamberEvent.PM_COMPLETE, "", Map.of("by", "kim"));
        ChamberEvent ack = new ChamberEvent(chamber, minute(2), ChamberEvent.ACK, "a:b:c.d", Map.of());
        ChamberEvent exclusion = new ChamberEvent(chamber, minute(2), ChamberEvent.EXCLUDE_RUN, "ctx_1", Map.of());
        for (ChamberEvent event : List.of(exclusion, ack, maintenance, maintenance)) {
            await(store().putChamberEvent(event));
        }
        assertEquals(List.of(maintenance, ack, exclusion), await(store().chamberEvents(chamber, T0, minute(3))));
        assertEquals(List.of(ack, exclusion), await(store().chamberEvents(chamber, minute(2), Instant.MAX)));
        assertEquals(List.of(maintenance), await(store().chamberEvents(chamber, Instant.MIN, minute(2))));
    }

    @Test
    void metadataOfAllChambersComesBackAndTheNewestCounts() {
        ChamberMetadata old = new ChamberMetadata(chamber, 50, 1, Duration.ofSeconds(600), 30_000, T0);
        ChamberMetadata now =
                new ChamberMetadata(chamber, 200, 2.5, Duration.ofMillis(1_800_123), 900_061, T0.plusSeconds(60));
        ChamberId sibling = new ChamberId(chamber.tool(), "CH_B");
        ChamberMetadata other = new ChamberMetadata(sibling, 1, 0.1, Duration.ZERO, 0, T0);
        for (ChamberMetadata metadata : List.of(old, now, other, old)) {
            await(store().putChamberMetadata(metadata));
        }
        Set<ChamberMetadata> found = new HashSet<>();
        for (ChamberMetadata metadata : await(store().chamberMetadata())) {
            if (metadata.chamber().tool().equals(chamber.tool())) {
                assertTrue(found.add(metadata));
            }
        }
        assertEquals(Set.of(now, other), found);
    }

    @Test
    void aStrategyVersionIsWrittenOnce() {
        String id = "etch-" + chamber.tool();
        StrategyVersion first = new StrategyVersion(id, 1, "strategy: 1\n", "kim", T0);
        StrategyVersion second = new StrategyVersion(id, 2, "strategy: \"ü\"\n", "lee", minute(1));
        await(store().putStrategy(first));
        await(store().putStrategy(second));
        await(store().putStrategy(first));
        StoreException failure = assertThrows(
                StoreException.class,
                () -> await(store().putStrategy(new StrategyVersion(id, 1, "other", "eve", minute(2)))));
        assertFalse(failure.retryable());
        assertTrue(failure.getMessage().contains(id), failure.getMessage());
        assertEquals(
                List.of(second, first),
                await(store().strategies()).stream()
                        .filter(strategy -> strategy.id().equals(id))
                        .toList());
    }

    @Test
    void eventsOfAllChambersComeNewestFirst() {
        Instant base = T0.plus(Duration.ofDays(10 + Math.floorMod(chamber.hashCode(), 1_000_000)));
        ChamberId other = new ChamberId(chamber.tool(), "CH_B");
        List<DefenseEvent> events = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Instant at = base.plus(Duration.ofMinutes(37L * (i / 2)));
            events.add(random.event(i % 3 == 0 ? other : chamber, "ctx_" + i, "rule", at));
        }
        await(store().putDefenseEvents(events));
        await(store().putDefenseEvents(events.subList(0, 7)));
        Instant end = base.plus(Duration.ofDays(2));
        List<String> expected = events.stream()
                .sorted(java.util.Comparator.comparing(DefenseEvent::raisedAt)
                        .thenComparing(DefenseEvent::id)
                        .reversed())
                .map(DefenseEvent::id)
                .toList();
        assertEquals(expected, ids(await(store().defenseEvents(base, end, 1000))));
        assertEquals(expected.subList(0, 5), ids(await(store().defenseEvents(base, end, 5))));
        Instant middle = base.plus(Duration.ofMinutes(37 * 7));
        assertEquals(
                expected.stream().skip(16).toList(),
                ids(await(store().defenseEvents(base, middle, 1000))),
                "exclusive end");
        assertEquals(List.of(), await(store().defenseEvents(end, base, 10)));
        assertThrows(
                StoreException.class,
                () -> await(store().defenseEvents(
                                base, base.plus(StoreKeys.MAX_SPAN).plusMillis(1), 10)));
    }

    private static List<String> ids(List<DefenseEvent> events) {
        return events.stream().map(DefenseEvent::id).toList();
    }

    @Test
    void notesOnAlarmsComeBackAndRepeatingOneChangesNothing() {
        Instant raised = T0.plus(Duration.ofDays(10 + Math.floorMod(chamber.hashCode(), 1_000_000)))
                .plusNanos(123_456);
        String alarm = chamber + ":ctx:s.rule";
        List<AlarmNote> notes = List.of(
                note(alarm, raised, "n1", AlarmNote.Kind.ACKNOWLEDGE, "", Optional.empty()),
                note(
                        alarm,
                        raised,
                        "n2",
                        AlarmNote.Kind.SHELVE,
                        "PM\ntonight",
                        Optional.of(raised.plusSeconds(86_400).truncatedTo(java.time.temporal.ChronoUnit.MILLIS))),
                note(
                        alarm + "2",
                        raised.plus(Duration.ofDays(1)),
                        "n1",
                        AlarmNote.Kind.CLOSE,
                        "done",
                        Optional.empty()));
        for (AlarmNote note : notes) {
            await(store().putAlarmNote(note));
        }
        await(store().putAlarmNote(notes.get(1)));
        Instant end = raised.plus(Duration.ofDays(2));
        assertEquals(new HashSet<>(notes), new HashSet<>(await(store().alarmNotes(raised, end))));
        assertEquals(3, await(store().alarmNotes(raised, end)).size());
        assertEquals(2, await(store().alarmNotes(raised, raised.plusSeconds(1))).size());
        assertEquals(List.of(), await(store().alarmNotes(end, raised)));
        assertThrows(
                StoreException.class,
                () -> await(store().alarmNotes(
                                raised, raised.plus(StoreKeys.MAX_SPAN).plusMillis(2))));
    }

    private static AlarmNote note(
            String alarm, Instant raised, String id, AlarmNote.Kind kind, String text, Optional<Instant> until) {
        return new AlarmNote(alarm, raised, id, T0.plusMillis(77), kind, "kim", text, until);
    }

    @Test
    void theLatestActivationComesFirst() {
        String id = chamber.tool();
        List<StrategyActivation> latestFirst = List.of(
                new StrategyActivation(id, 1, "kim", T0.plusMillis(3), "back"),
                new StrategyActivation(id, 2, "lee", T0.plusMillis(2), ""),
                new StrategyActivation(id, 0, "kim", T0.plusMillis(1), "not yet"));
        for (int i : new int[] {1, 0, 2, 1}) {
            await(store().putActivation(latestFirst.get(i)));
        }
        assertEquals(
                latestFirst,
                await(store().activations()).stream()
                        .filter(activation -> activation.id().equals(id))
                        .toList());
    }

    @Test
    void theAuditLogIsReadBackwardsPageByPageAndRepeatingAnEntryChangesNothing() {
        Instant day = T0.plus(Duration.ofDays(20 + Math.floorMod(chamber.hashCode(), 1_000_000)));
        List<AuditEntry> newestFirst = List.of(
                audited("e5", day.plus(Duration.ofDays(40)), "pause"),
                audited("e4", day.plus(Duration.ofDays(1)).plusMillis(3), "drain"),
                audited("e3", day.plus(Duration.ofDays(1)).plusMillis(2), "drain"),
                audited("e2", day.plus(Duration.ofDays(1)).plusMillis(2), "cordon"),
                audited("e1", day.plus(Duration.ofDays(1)).plusMillis(2), ""),
                audited("e0", day, "rebalance"));
        for (int i : new int[] {3, 0, 5, 1, 4, 2, 1}) {
            await(store().putAudit(newestFirst.get(i)));
        }
        Instant end = day.plus(Duration.ofDays(60));
        assertEquals(newestFirst, await(store().audit(day, end, "", 100)));
        assertEquals(newestFirst.subList(0, 3), await(store().audit(day, end, "", 3)));
        AuditEntry seen = newestFirst.get(2);
        assertEquals(newestFirst.subList(3, 6), await(store().audit(day, seen.at(), seen.id(), 100)));
        assertEquals(newestFirst.subList(5, 6), await(store().audit(day, seen.at(), "", 100)), "exclusive end");
        assertEquals(newestFirst.subList(0, 5), await(store().audit(day.plusMillis(1), end, "", 100)));
        assertEquals(List.of(), await(store().audit(end, day, "", 100)));
        assertThrows(
                StoreException.class,
                () -> await(store().audit(day, day.plus(StoreKeys.MAX_SPAN).plusMillis(2), "", 100)));
        assertThrows(StoreException.class, () -> await(store().audit(day, end, "", 1_001)));
    }

    private static AuditEntry audited(String id, Instant at, String command) {
        return new AuditEntry(
                id, at, "kim", "10.0.0.7", "clusterCommand", command.isEmpty() ? "" : "command=" + command, 200);
    }
}
