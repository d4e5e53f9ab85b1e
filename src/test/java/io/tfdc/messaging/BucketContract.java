package io.tfdc.messaging;

import static io.tfdc.testing.VertxTestKit.await;
import static io.tfdc.testing.VertxTestKit.eventually;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tfdc.messaging.BrokerException.Reason;
import io.tfdc.messaging.KeyValueBucket.Entry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every broker promises for key-value buckets. */
abstract class BucketContract extends BrokerContract {
    private final String name = unique("bucket");
    private KeyValueBucket bucket;

    @BeforeEach
    void create() {
        bucket = await(broker.bucket(new BucketConfig(name, Duration.ZERO, 3, 1000, 1)));
    }

    @Test
    void revisionsGrowWithEveryWriteToAnyKey() {
        long first = await(bucket.put("a", bytes("1")));
        long second = await(bucket.put("b.c", bytes("2")));
        long third = await(bucket.put("a", bytes("3")));
        assertTrue(first < second && second < third, first + " " + second + " " + third);
        Entry found = await(bucket.get("a")).orElseThrow();
        assertEquals("a", found.key());
        assertArrayEquals(bytes("3"), found.value());
        assertEquals(third, found.revision());
        assertFalse(found.deleted());
        assertEquals(Optional.empty(), await(bucket.get("nothing")));
    }

    @Test
    void createWantsTheKeyAbsentOrDeleted() {
        long revision = await(bucket.create("a", bytes("1")));
        assertFails(Reason.WRONG_REVISION, bucket.create("a", bytes("2")));
        assertEquals(revision, await(bucket.get("a")).orElseThrow().revision());
        await(bucket.delete("a"));
        long again = await(bucket.create("a", bytes("3")));
        assertTrue(again > revision + 1);
        assertFails(Reason.WRONG_REVISION, bucket.create("a", bytes("4")));
    }

    @Test
    void updateAndDeleteWantTheNewestRevision() {
        long first = await(bucket.put("a", bytes("1")));
        await(bucket.put("other", bytes("x")));
        long second = await(bucket.update("a", bytes("2"), first));
        assertFails(Reason.WRONG_REVISION, bucket.update("a", bytes("3"), first));
        assertFails(Reason.WRONG_REVISION, bucket.delete("a", first));
        assertFails(Reason.WRONG_REVISION, bucket.update("absent", bytes("3"), 77));
        await(bucket.delete("a", second));
        assertEquals(Optional.empty(), await(bucket.get("a")));
        assertFails(Reason.WRONG_REVISION, bucket.update("a", bytes("4"), second));
        await(bucket.update("absent", bytes("0 stands for absent"), 0));
    }

    @Test
    void ofManyWritersWithOneRevisionOneWins() {
        long revision = await(bucket.put("a", bytes("0")));
        List<Future<Long>> writes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            writes.add(bucket.update("a", bytes("w" + i), revision));
        }
        await(Future.join(writes).transform(done -> Future.succeededFuture()));
        assertEquals(1, writes.stream().filter(Future::succeeded).count());
    }

    @Test
    void listsKeysThatHoldAValue() {
        await(bucket.put("a", bytes("1")));
        await(bucket.put("b", bytes("2")));
        await(bucket.put("c", bytes("3")));
        await(bucket.delete("b"));
        assertEquals(Set.of("a", "c"), new HashSet<>(await(bucket.keys())));
        await(bucket.delete("never.there"));
        assertEquals(2, await(bucket.keys()).size());
    }

    @Test
    void keepsSoManyRevisionsOfAKeyOldestFirst() {
        for (int i = 1; i <= 4; i++) {
            await(bucket.put("a", bytes("" + i)));
        }
        await(bucket.delete("a"));
        List<Entry> history = await(bucket.history("a"));
        assertEquals(
                List.of("3", "4", ""),
                history.stream()
                        .map(e -> new String(e.value(), StandardCharsets.UTF_8))
                        .toList());
        assertEquals(
                List.of(false, false, true),
                history.stream().map(Entry::deleted).toList());
        assertEquals(List.of(), await(bucket.history("nothing")));
    }

    @Test
    void refusesBadKeysAndLargeValues() {
        assertFails(Reason.TOO_LARGE, bucket.put("a", new byte[1001]));
        for (String bad : List.of("", "a b", "*", "a.>", ".a", "a.", "a..b")) {
            assertFails(Reason.REFUSED, bucket.put(bad, bytes("x")));
            assertFails(Reason.REFUSED, bucket.get(bad));
        }
        await(bucket.put("a/b_c-d=e.F9", bytes("fine")));
    }

    @Test
    void aWatchTellsWhatIsThereThenThatThisWasAllThenEveryChange() {
        await(bucket.put("a", bytes("1")));
        await(bucket.put("b", bytes("1")));
        await(bucket.put("a", bytes("2")));
        await(bucket.put("gone", bytes("1")));
        await(bucket.delete("gone"));
        Seen seen = new Seen();
        MessageBroker.Subscription subscription = await(kit.onContext(() -> bucket.watch(seen)));
        eventually("replayed", () -> seen.events.contains("replayed"));
        await(bucket.put("c", bytes("3")));
        await(bucket.delete("a"));
        eventually("changes", () -> seen.events.size() == 5);
        assertEquals(List.of("b=1", "a=2", "replayed", "c=3", "a deleted"), seen.events);
        await(subscription.cancel());
        await(bucket.put("d", bytes("4")));
        Seen second = new Seen();
        await(kit.onContext(() -> bucket.watch(second)));
        eventually("another watch", () -> second.events.contains("replayed"));
        assertEquals(5, seen.events.size());
        seen.contexts.forEach(context -> assertSame(seen.contexts.get(0), context));
    }

    @Test
    void aWatchOfAnEmptyBucketIsReplayedAtOnce() {
        Seen seen = new Seen();
        await(kit.onContext(() -> bucket.watch(seen)));
        eventually("replayed", () -> seen.events.equals(List.of("replayed")));
    }

    @Test
    void aWatchOfABucketWithNothingButDeletedKeysIsReplayed() {
        await(bucket.put("a", bytes("1")));
        await(bucket.delete("a"));
        Seen seen = new Seen();
        await(kit.onContext(() -> bucket.watch(seen)));
        eventually("replayed", () -> seen.events.equals(List.of("replayed")));
    }

    @Test
    void entriesVanishWithTimeAndCanBeCreatedAnew() {
        KeyValueBucket brief = await(broker.bucket(new BucketConfig(name + "b", Duration.ofSeconds(1), 1, -1, 1)));
        await(brief.create("a", bytes("1")));
        assertTrue(await(brief.get("a")).isPresent());
        eventually("vanished", () -> await(brief.get("a")).isEmpty());
        await(brief.create("a", bytes("2")));
        assertEquals(List.of("a"), await(brief.keys()));
    }

    @Test
    void openingAnExistingBucketShowsWhatItHolds() {
        await(bucket.put("a", bytes("1")));
        KeyValueBucket again = await(broker.bucket(new BucketConfig(name, Duration.ZERO, 3, 1000, 1)));
        assertTrue(await(again.get("a")).isPresent());
        KeyValueBucket otherwise = await(broker.bucket(new BucketConfig(name, Duration.ofHours(1), 5, 1000, 1)));
        assertTrue(await(otherwise.get("a")).isPresent());
    }

    /** What a watch reported, in order. */
    static final class Seen implements KeyValueBucket.Watcher {
        final List<String> events = new CopyOnWriteArrayList<>();
        final List<Context> contexts = new CopyOnWriteArrayList<>();

        @Override
        public void onEntry(Entry entry) {
            contexts.add(Vertx.currentContext());
            events.add(entry.key()
                    + (entry.deleted() ? " deleted" : "=" + new String(entry.value(), StandardCharsets.UTF_8)));
        }

        @Override
        public void onReplayed() {
            contexts.add(Vertx.currentContext());
            events.add("replayed");
        }
    }
}
