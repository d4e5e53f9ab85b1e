package io.tfdc.scenarios;

import io.tfdc.coordination.ElectionAction;
import io.tfdc.coordination.ElectionAction.Campaign;
import io.tfdc.coordination.ElectionAction.Extend;
import io.tfdc.coordination.ElectionTimes;
import io.tfdc.coordination.Leadership;
import io.tfdc.election.ElectionService;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Candidates of one election, each on a context of its own with a client of its own, and a watch over who leads. */
final class Candidates {
    /** Long enough for whatever a busy machine delays. */
    static final Duration TERM = Duration.ofSeconds(8);

    private static final long STEP_MILLIS = 20;

    private final Vertx vertx;
    private final ElectionTimes times;
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<String> doubles = new CopyOnWriteArrayList<>();
    private final Map<Long, String> holders = new ConcurrentHashMap<>();

    Candidates(Vertx vertx, List<String> names, Function<Integer, ElectionService> clients) {
        this(vertx, TERM, names, clients);
    }

    Candidates(Vertx vertx, Duration term, List<String> names, Function<Integer, ElectionService> clients) {
        this.vertx = vertx;
        this.times = new ElectionTimes(term, Duration.ofSeconds(1), Duration.ofMillis(500), Duration.ofMillis(500));
        for (int i = 0; i < names.size(); i++) {
            candidates.add(new Candidate(names.get(i), i, clients));
        }
        vertx.setPeriodic(1, id -> watch());
    }

    /** Who led at his last look, a few milliseconds ago as a rule; empty if nobody did. */
    String leader() {
        return candidates.stream()
                .filter(candidate -> candidate.led)
                .map(candidate -> candidate.name)
                .findFirst()
                .orElse("");
    }

    long token(String name) {
        return find(name).token;
    }

    /** Times at which two led, or led with one token. */
    List<String> doubles() {
        return doubles;
    }

    void leave(String name) {
        Candidate candidate = find(name);
        candidate.context.runOnContext(v -> candidate.core.leave(System.nanoTime()));
    }

    private Candidate find(String name) {
        return candidates.stream()
                .filter(candidate -> candidate.name.equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void watch() {
        List<String> leaders = candidates.stream()
                .filter(Candidate::leads)
                .map(candidate -> candidate.name)
                .toList();
        if (leaders.size() > 1) {
            doubles.add(leaders.toString());
        }
    }

    private final class Candidate {
        private final String name;
        private final Context context = vertx.getOrCreateContext();
        private final Leadership core;
        private volatile long ledUntil = System.nanoTime();
        private volatile boolean led;
        private volatile long token;

        Candidate(String name, int index, Function<Integer, ElectionService> clients) {
            this.name = name;
            this.core = new Leadership(times, index);
            context.runOnContext(v -> {
                ElectionService service = clients.apply(index);
                core.enter(name, System.nanoTime());
                vertx.setPeriodic(STEP_MILLIS, id -> step(service));
            });
        }

        /** Read off the owning context: good until the next step, which comes within milliseconds. */
        boolean leads() {
            return System.nanoTime() - ledUntil < 0;
        }

        private void step(ElectionService service) {
            core.next(System.nanoTime()).ifPresent(action -> ask(service, action));
            publish();
        }

        private void ask(ElectionService service, ElectionAction action) {
            if (action instanceof Campaign campaign) {
                service.campaign(action.candidate(), campaign.term())
                        .onSuccess(answer -> core.campaigned(
                                campaign, answer.elected(), answer.leader(), answer.token(), System.nanoTime()))
                        .onFailure(error -> core.failed(action, System.nanoTime()))
                        .onComplete(done -> publish());
            } else if (action instanceof Extend extend) {
                service.extend(action.candidate(), extend.term())
                        .onSuccess(answer -> core.extended(extend, answer, System.nanoTime()))
                        .onFailure(error -> core.failed(action, System.nanoTime()))
                        .onComplete(done -> publish());
            } else {
                service.resign(action.candidate())
                        .onSuccess(done -> core.resigned((ElectionAction.Resign) action))
                        .onFailure(error -> core.failed(action, System.nanoTime()));
            }
        }

        private void publish() {
            long now = System.nanoTime();
            token = core.token();
            led = core.leads(now);
            String holder = led ? holders.computeIfAbsent(token, first -> name) : name;
            if (!holder.equals(name)) {
                doubles.add("token " + token + ": " + holder + " and " + name);
            }
            ledUntil = led ? now + 5 * STEP_MILLIS * 1_000_000 : now;
        }
    }
}
