package io.tfdc.scenarios;

import static io.tfdc.testing.VertxTestKit.await;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.coordination.CoordinationJson;
import io.tfdc.coordination.IdClaim;
import io.tfdc.coordination.LeaderRecord;
import io.tfdc.messaging.KeyValueBucket;
import io.tfdc.messaging.MessageBroker;
import io.tfdc.messaging.MessageBroker.Subscription;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Sees the cluster from outside: its maps, leaders and claims as they are written, and its consumers as the broker announces them. */
final class ClusterWatch implements AutoCloseable {
    private static final String ADVISORIES = "$JS.EVENT.ADVISORY.CONSUMER.*.dc-notifications.>";

    /** A consumer was created or deleted. */
    record ConsumerChange(String consumer, boolean created, Instant at) {}

    /** Somebody has become leader. */
    record Leader(long epoch, String id, String incarnation, Instant seenAt) {}

    /** Somebody holds an id. */
    record Claim(String id, String podName, String incarnation, Instant seenAt) {}

    private final Timeline timeline;
    private final List<ConsumerChange> consumers = new CopyOnWriteArrayList<>();
    private final List<MapVersion> maps = new CopyOnWriteArrayList<>();
    private final List<Leader> leaders = new CopyOnWriteArrayList<>();
    private final Map<String, Claim> claims = new ConcurrentHashMap<>();
    private final List<Claim> claimed = new CopyOnWriteArrayList<>();
    private final List<Subscription> subscriptions = new ArrayList<>();

    ClusterWatch(MessageBroker broker, KeyValueBucket assignments, KeyValueBucket ids, Timeline timeline) {
        this.timeline = timeline;
        subscriptions.add(
                await(broker.subscribe(ADVISORIES, delivery -> advisory(delivery.subject(), delivery.payload()))));
        subscriptions.add(await(assignments.watch(this::assignment)));
        subscriptions.add(await(ids.watch(this::claim)));
    }

    /** Maps in the order of their writing; a version comes again when a new leader takes it over or a release ends. */
    List<MapVersion> maps() {
        return List.copyOf(maps);
    }

    /** The present map; fails if there is none. */
    MapVersion map() {
        return lastOf(maps).orElseThrow(() -> new AssertionError("there is no map"));
    }

    /** The present leader; fails if there was none. */
    Leader leader() {
        return lastOf(leaders).orElseThrow(() -> new AssertionError("there is no leader"));
    }

    List<Leader> leaders() {
        return List.copyOf(leaders);
    }

    List<ConsumerChange> consumers() {
        return List.copyOf(consumers);
    }

    /** The id that a pod holds. */
    Optional<Claim> claimOf(Pod pod) {
        return claims.values().stream()
                .filter(claim -> claim.podName().equals(pod.name()))
                .findFirst();
    }

    /** Every claim that was made, a renewal not counted. */
    List<Claim> claimed() {
        return List.copyOf(claimed);
    }

    /** The pod that leads. */
    Pod leadingPod(List<Pod> pods) {
        String id = leader().id();
        Claim claim = Optional.ofNullable(claims.get(id)).orElseThrow(() -> new AssertionError("no claim of " + id));
        return pods.stream()
                .filter(pod -> pod.name().equals(claim.podName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no pod " + claim.podName()));
    }

    /** Waits for a present map that satisfies a condition. */
    MapVersion awaitMap(String what, Duration limit, Predicate<MapVersion> condition) {
        Await.until(
                "a map with " + what,
                limit,
                () -> lastOf(maps).filter(condition).isPresent());
        return map();
    }

    /** Versions of the map written after a time, without repeated ones. */
    long versionsAfter(Instant time) {
        long before = maps.stream()
                .filter(map -> !map.seenAt().isAfter(time))
                .mapToLong(MapVersion::version)
                .max()
                .orElse(0);
        return map().version() - before;
    }

    /** How often a chamber got another owner, over all versions of the map written after the first one that was seen after a time. */
    long handOversAfter(Instant time) {
        List<MapVersion> later =
                maps.stream().filter(map -> map.seenAt().isAfter(time)).toList();
        return IntStream.range(1, later.size())
                .mapToLong(i -> later.get(i).movedSince(later.get(i - 1)))
                .sum();
    }

    /** When a consumer of an incarnation was first deleted after a time. */
    Optional<Instant> fencedAfter(String incarnation, Instant time) {
        return consumers.stream()
                .filter(change -> !change.created()
                        && change.consumer().contains('-' + incarnation + '-')
                        && change.at().isAfter(time))
                .map(ConsumerChange::at)
                .findFirst();
    }

    private static <T> Optional<T> lastOf(List<T> growing) {
        int size = growing.size();
        return size == 0 ? Optional.empty() : Optional.of(growing.get(size - 1));
    }

    private void assignment(KeyValueBucket.Entry entry) {
        if (entry.deleted()) {
            return;
        }
        if (entry.key().equals(AssignmentMap.KEY)) {
            MapVersion map = MapVersion.of(CoordinationJson.decodeAssignmentMap(entry.value()), Instant.now());
            maps.add(map);
            timeline.add("watch", map.toString());
        } else if (entry.key().equals(LeaderRecord.KEY)) {
            LeaderRecord record = CoordinationJson.decodeLeaderRecord(entry.value());
            Leader leader = new Leader(record.epoch(), record.leader().toString(), record.incarnation(), Instant.now());
            leaders.add(leader);
            timeline.add("watch", "leader " + leader.id() + " (" + leader.incarnation() + "), epoch " + leader.epoch());
        }
    }

    private void claim(KeyValueBucket.Entry entry) {
        if (entry.deleted()) {
            claims.remove(entry.key());
            timeline.add("watch", entry.key() + " given up");
            return;
        }
        IdClaim read = CoordinationJson.decodeIdClaim(entry.value());
        Claim claim = new Claim(entry.key(), read.podName(), read.incarnation(), Instant.now());
        @Nullable Claim before = claims.put(claim.id(), claim);
        if (before == null || !before.incarnation().equals(claim.incarnation())) {
            claimed.add(claim);
            timeline.add("watch", claim.id() + " claimed by " + claim.podName() + " (" + claim.incarnation() + ')');
        }
    }

    private void advisory(String subject, byte[] payload) {
        String kind = subject.split("\\.")[4];
        if (!kind.equals("CREATED") && !kind.equals("DELETED")) {
            return;
        }
        JsonObject advisory = new JsonObject(Buffer.buffer(payload));
        String consumer = advisory.getString("consumer");
        Instant at = Instant.parse(advisory.getString("timestamp"));
        consumers.add(new ConsumerChange(consumer, kind.equals("CREATED"), at));
        timeline.add(at, "broker", "consumer " + consumer + ' ' + kind.toLowerCase(Locale.ROOT));
    }

    @Override
    public void close() {
        subscriptions.forEach(Subscription::cancel);
    }
}
