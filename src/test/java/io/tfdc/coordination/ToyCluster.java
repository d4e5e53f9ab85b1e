package io.tfdc.coordination;

import io.tfdc.model.ChamberId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Members on a toy broker and virtual time: buckets with compare-and-set, consumers that are exclusive when created, requests that take a
 * while, fail, or fail although they happened, processes that freeze, lose their connection, die and come back. All chance comes from the seed.
 */
final class ToyCluster {
    static final ClusterSettings SETTINGS = ClusterSettings.DEFAULT;
    static final long MS = 1_000_000;

    final Random random;
    final List<Node> nodes = new ArrayList<>();
    final Map<StableId, IdClaim.Entry> claims = new TreeMap<>();
    final Map<StableId, Long> claimTimes = new HashMap<>();
    final Map<String, Heartbeat> heartbeats = new TreeMap<>();
    final Map<String, Long> heartbeatTimes = new HashMap<>();
    final Map<String, Set<ChamberId>> consumers = new LinkedHashMap<>();
    final List<ReleaseRecord> releases = new ArrayList<>();
    final List<MemberEvent> bucket = new ArrayList<>();
    double failures = 0.02;
    long nanos = 7_000 * MS;
    long revision;
    int boots;
    private long order;
    private final PriorityQueue<Timed> queue =
            new PriorityQueue<>(Comparator.comparingLong(Timed::at).thenComparingLong(Timed::order));
    private final Set<String> paused = new HashSet<>();
    private final Map<Long, Offer> offers = new HashMap<>();
    private final Map<ChamberId, Long> lastFence = new HashMap<>();

    private record Timed(long at, long order, Runnable action) {}

    private record Offer(Node leaver, MemberEffect.OfferId effect) {}

    ToyCluster(long seed) {
        random = new Random(seed);
    }

    /** A run at work, begun in a life of its process. */
    private record Run(String incarnation, long since) {}

    /** A process. */
    final class Node {
        final Identity identity;
        final MemberCore core;
        boolean alive = true;
        boolean connected;
        long frozenUntil;
        int seen;
        private long lastRequest;
        private long lastAnswer;
        private long lastNews;
        final Map<ChamberId, Run> working = new HashMap<>();
        private final ArrayDeque<MemberEvent> backlog = new ArrayDeque<>();

        Node(String pod) {
            identity = new Identity(pod, "defender-pod-" + pod, "boot" + (100 + boots++), "test");
            core = new MemberCore(identity, SETTINGS, random.nextLong());
        }

        void deliver(MemberEvent event) {
            if (!alive) {
                return;
            }
            if (nanos < frozenUntil) {
                backlog.add(event);
                at(frozenUntil, this::thaw);
                return;
            }
            thaw();
            handle(event);
        }

        private void thaw() {
            if (!backlog.isEmpty()) {
                check();
            }
            while (alive && nanos >= frozenUntil && !backlog.isEmpty()) {
                handle(backlog.poll());
            }
        }

        private void handle(MemberEvent event) {
            core.handle(event, now()).forEach(effect -> carry(this, effect));
            check();
        }

        MemberView view() {
            return core.view(nanos);
        }

        void answer(MemberEvent event, MemberEffect effect) {
            lastAnswer = Math.max(lastAnswer, nanos + delay());
            at(lastAnswer, () -> deliver(connected ? event : new MemberEvent.Failed(effect, "connection lost")));
        }

        /** Tells what is new in the bucket of assignments, in order. */
        void news() {
            while (connected && seen < bucket.size()) {
                MemberEvent event = bucket.get(seen++);
                lastNews = Math.max(lastNews, nanos + delay());
                at(lastNews, () -> deliver(event));
            }
        }

        @Override
        public String toString() {
            return identity.boot() + ' ' + view();
        }
    }

    Now now() {
        return new Now(nanos, Instant.EPOCH.plusNanos(nanos));
    }

    long delay() {
        return (1 + random.nextInt(random.nextInt(20) == 0 ? 400 : 8)) * MS;
    }

    void at(long time, Runnable action) {
        queue.add(new Timed(Math.max(time, nanos), order++, action));
    }

    Node start(String pod) {
        Node node = new Node(pod);
        nodes.add(node);
        tick(node);
        at(nanos + delay(), () -> connect(node));
        return node;
    }

    private void tick(Node node) {
        at(nanos + 100 * MS, () -> {
            if (node.alive) {
                node.deliver(new MemberEvent.Tick());
                work(node);
                tick(node);
            }
        });
    }

    void connect(Node node) {
        if (!node.connected && node.alive) {
            node.connected = true;
            node.news();
            node.lastNews = Math.max(node.lastNews, nanos + delay());
            at(node.lastNews, () -> {
                node.deliver(new MemberEvent.Replayed());
                node.deliver(new MemberEvent.BrokerReachable(node.connected));
            });
        }
    }

    void disconnect(Node node) {
        if (node.connected) {
            node.connected = false;
            node.deliver(new MemberEvent.BrokerReachable(false));
        }
    }

    void kill(Node node) {
        node.alive = false;
        node.connected = false;
    }

    void publish(MemberEvent event) {
        bucket.add(event);
        nodes.forEach(Node::news);
    }

    void run(Duration time) {
        long end = nanos + time.toNanos();
        while (!queue.isEmpty() && queue.peek().at() <= end) {
            Timed next = queue.poll();
            nanos = next.at();
            expire();
            next.action().run();
        }
        nanos = end;
    }

    private void expire() {
        long ttl = SETTINGS.claimTtl().toNanos();
        claims.keySet().removeIf(id -> nanos - claimTimes.get(id) > ttl);
        heartbeats.keySet().removeIf(key -> nanos - heartbeatTimes.get(key) > ttl);
    }

    /** Deletes a consumer from outside. */
    void fence(String name) {
        Set<ChamberId> chambers = consumers.remove(name);
        if (chambers != null) {
            chambers.forEach(chamber -> lastFence.put(chamber, nanos));
            for (Node node : nodes) {
                if (node.alive) {
                    at(nanos + delay(), () -> node.deliver(new MemberEvent.SliceLost(name)));
                }
            }
        }
    }

    private void carry(Node node, MemberEffect effect) {
        if (effect instanceof MemberEffect.Prefetch prefetch) {
            if (random.nextInt(10) > 0) {
                at(nanos + delay(), () -> node.deliver(new MemberEvent.Prefetched(prefetch.chambers())));
            }
        } else if (effect instanceof MemberEffect.Campaign) {
            at(nanos + delay(), () -> node.deliver(new MemberEvent.ElectionSeen(false, "defender-0@x")));
        } else if (effect instanceof MemberEffect.Left) {
            kill(node);
        } else if (effect instanceof MemberEffect.AnswerOffer answer) {
            Offer offer = offers.remove(answer.ticket());
            if (offer != null) {
                offer.leaver()
                        .answer(
                                new MemberEvent.OfferAnswered(offer.effect().incarnation(), answer.accepted()),
                                offer.effect());
            }
        } else if (effect instanceof MemberEffect.PauseSlice pause) {
            paused.add(pause.name());
        } else if (effect instanceof MemberEffect.ResumeSlice resume) {
            paused.remove(resume.name());
        } else if (!(effect instanceof MemberEffect.Resign || effect instanceof MemberEffect.AbandonSlices)) {
            request(node, effect);
        }
    }

    private void request(Node node, MemberEffect effect) {
        boolean fails = random.nextDouble() < failures;
        boolean happens = node.connected && (!fails || random.nextBoolean());
        long sent = nanos;
        node.lastRequest = Math.max(node.lastRequest, nanos + delay());
        at(node.lastRequest, () -> {
            MemberEvent answer = happens && node.alive ? apply(node, effect, sent) : null;
            if (fails || !happens) {
                at(nanos + 1_500 * MS, () -> node.deliver(new MemberEvent.Failed(effect, "timeout")));
            } else if (answer != null) {
                node.answer(answer, effect);
                if (random.nextInt(30) == 0 && !(answer instanceof MemberEvent.ClaimsListed)) {
                    node.answer(answer, effect);
                }
            }
        });
    }

    private @Nullable MemberEvent apply(Node node, MemberEffect effect, long sent) {
        if (effect instanceof MemberEffect.ListClaims) {
            return new MemberEvent.ClaimsListed(List.copyOf(claims.values()));
        } else if (effect instanceof MemberEffect.CreateClaim create) {
            return writeClaim(create.claim(), 0, sent);
        } else if (effect instanceof MemberEffect.UpdateClaim update) {
            return writeClaim(update.claim(), update.revision(), sent);
        } else if (effect instanceof MemberEffect.DeleteClaim delete) {
            IdClaim.Entry entry = claims.get(delete.id());
            if (entry != null && entry.revision() != delete.revision()) {
                return new MemberEvent.ClaimRefused(delete.id());
            }
            claims.remove(delete.id());
            return new MemberEvent.ClaimDeleted(delete.id());
        } else if (effect instanceof MemberEffect.PutHeartbeat put) {
            Heartbeat known = heartbeats.get(put.heartbeat().key());
            if (known == null || known.claimRevision() <= put.heartbeat().claimRevision()) {
                heartbeats.put(put.heartbeat().key(), put.heartbeat());
                heartbeatTimes.put(put.heartbeat().key(), nanos);
            }
            return new MemberEvent.HeartbeatWritten(put.heartbeat().incarnation(), sent);
        } else if (effect instanceof MemberEffect.DeleteHeartbeat delete) {
            heartbeats.remove(delete.key());
            return new MemberEvent.HeartbeatDeleted(delete.key());
        } else if (effect instanceof MemberEffect.DeleteLeftovers delete) {
            for (String name : List.copyOf(consumers.keySet())) {
                StableId.SliceOwner owner = StableId.ownerOf(name).orElseThrow();
                if (owner.id().equals(delete.id()) && !owner.incarnation().equals(delete.incarnation())) {
                    fence(name);
                }
            }
            return new MemberEvent.LeftoversDeleted(delete.id());
        } else if (effect instanceof MemberEffect.PutRelease put) {
            releases.add(put.record());
            publish(new MemberEvent.ReleaseSeen(put.record()));
            return new MemberEvent.ReleaseWritten(put.record().version());
        } else if (effect instanceof MemberEffect.FindStandbys) {
            return new MemberEvent.StandbysFound(heartbeats.values().stream()
                    .filter(beat -> beat.id().isEmpty() && beat.state() == MemberState.STANDBY)
                    .map(Heartbeat::incarnation)
                    .toList());
        } else if (effect instanceof MemberEffect.OfferId offer) {
            long ticket = ++order;
            offers.put(ticket, new Offer(node, offer));
            nodes.forEach(other -> other.deliver(
                    new MemberEvent.OfferReceived(offer.incarnation(), offer.id(), offer.revision(), ticket)));
            return null;
        }
        return applySlice(effect);
    }

    private MemberEvent writeClaim(IdClaim claim, long expected, long sent) {
        IdClaim.Entry entry = claims.get(claim.id());
        if ((entry == null ? 0 : entry.revision()) != expected) {
            return new MemberEvent.ClaimRefused(claim.id());
        }
        claims.put(claim.id(), new IdClaim.Entry(claim, ++revision));
        claimTimes.put(claim.id(), nanos);
        return new MemberEvent.ClaimWritten(claim.id(), revision, sent);
    }

    private MemberEvent applySlice(MemberEffect effect) {
        if (effect instanceof MemberEffect.CreateSlice create) {
            for (Set<ChamberId> taken : consumers.values()) {
                if (taken.stream().anyMatch(create.chambers()::contains)) {
                    return new MemberEvent.SliceRefused(create.name());
                }
            }
            consumers.put(create.name(), create.chambers());
            return new MemberEvent.SliceCreated(create.name());
        } else if (effect instanceof MemberEffect.ShrinkSlice shrink) {
            Set<ChamberId> before = consumers.get(shrink.name());
            if (before == null) {
                return new MemberEvent.Failed(effect, "no such consumer");
            }
            if (!before.containsAll(shrink.remaining())) {
                throw new AssertionError("a consumer grows: " + shrink + " had " + before);
            }
            consumers.put(shrink.name(), shrink.remaining());
            return new MemberEvent.SliceShrunk(shrink.name());
        } else if (effect instanceof MemberEffect.DeleteSlice delete) {
            consumers.remove(delete.name());
            return new MemberEvent.SliceDeleted(delete.name());
        }
        throw new AssertionError("unknown effect " + effect);
    }

    /** Begins runs on what a process has, and ends them. */
    private void work(Node node) {
        if (nanos < node.frozenUntil) {
            return;
        }
        for (Map.Entry<String, Set<ChamberId>> consumer : List.copyOf(consumers.entrySet())) {
            if (!consumer.getKey().contains(node.core.view(nanos).incarnation())
                    || paused.contains(consumer.getKey())) {
                continue;
            }
            for (ChamberId chamber : consumer.getValue()) {
                if (random.nextInt(6) == 0 && node.core.serves(chamber, nanos) && !node.working.containsKey(chamber)) {
                    node.working.put(chamber, new Run(node.view().incarnation(), nanos));
                    node.deliver(new MemberEvent.RunStarted(chamber));
                    at(nanos + (50 + random.nextInt(2_500)) * MS, () -> finish(node, chamber));
                }
            }
        }
    }

    private void finish(Node node, ChamberId chamber) {
        if (nanos < node.frozenUntil) {
            at(node.frozenUntil, () -> finish(node, chamber));
            return;
        }
        node.working.remove(chamber);
        node.deliver(new MemberEvent.RunFinished(chamber));
    }

    /**
     * Nobody may touch a chamber that somebody else may touch, or has at work since before, in one life and with its lease. A consumer
     * deleted from outside is noticed a moment later.
     */
    private void check() {
        Map<ChamberId, Node> executors = new HashMap<>();
        Map<ChamberId, Node> holders = new HashMap<>();
        for (Set<ChamberId> chambers : consumers.values()) {
            for (ChamberId chamber : chambers) {
                for (Node node : awake()) {
                    boolean executes = node.core.serves(chamber, nanos);
                    boolean fenced = nanos - lastFence.getOrDefault(chamber, Long.MIN_VALUE / 2) < 1_000 * MS;
                    if (executes || !fenced && node.core.keeps(chamber, nanos)) {
                        refuseTwo(chamber, node, holders.put(chamber, node));
                    }
                    if (executes) {
                        executors.put(chamber, node);
                    }
                }
            }
        }
        for (Node node : awake()) {
            node.working.forEach((chamber, run) -> {
                MemberView view = node.view();
                boolean its = view.leaseValid() && view.incarnation().equals(run.incarnation());
                if (its && lastFence.getOrDefault(chamber, 0L) < run.since()) {
                    refuseTwo(chamber, node, executors.get(chamber));
                }
            });
        }
    }

    private List<Node> awake() {
        return nodes.stream()
                .filter(node -> node.alive && nanos >= node.frozenUntil)
                .toList();
    }

    private static void refuseTwo(ChamberId chamber, Node one, @Nullable Node other) {
        if (other != null && other != one) {
            throw new AssertionError(chamber + " is held twice: " + one + ", " + other);
        }
    }
}
