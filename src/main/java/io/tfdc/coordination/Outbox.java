package io.tfdc.coordination;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a member wants done, and what of it is not answered yet. A resource (the claim, the heartbeat, one slice ...) has at most one
 * unanswered effect, so that an answer belongs to exactly one question; an answer that nobody waits for is recognised.
 */
final class Outbox {
    /** An effect without an answer for so long counts as failed. */
    static final long ANSWER_LIMIT = Duration.ofSeconds(10).toNanos();

    private final List<MemberEffect> effects = new ArrayList<>();
    private final Map<String, Asked> asked = new LinkedHashMap<>();

    /** An effect on its way and when it was put out. */
    record Asked(MemberEffect effect, long nanos) {}

    /** Puts out an effect that has no answer. */
    void tell(MemberEffect effect) {
        effects.add(effect);
    }

    /** Puts out an effect that will be answered. */
    void ask(MemberEffect effect, Now now) {
        String resource = Answers.resource(effect);
        if (asked.putIfAbsent(resource, new Asked(effect, now.nanos())) != null) {
            throw new IllegalStateException(
                    "second effect on " + resource + " before the first is answered: " + effect);
        }
        effects.add(effect);
    }

    boolean awaits(String resource) {
        return asked.containsKey(resource);
    }

    /** Whether something on a resource whose name begins so is not answered. */
    boolean awaitsAny(String prefix) {
        return asked.keySet().stream().anyMatch(resource -> resource.startsWith(prefix));
    }

    /** Nobody waits for the answer any more. */
    void forget(String resource) {
        asked.remove(resource);
    }

    /** The effect that the event answers, which is settled thereby; empty if none is. */
    Optional<MemberEffect> settle(MemberEvent answer) {
        String resource = Answers.resource(answer);
        Asked question = resource.isEmpty() ? null : asked.get(resource);
        if (question == null || !Answers.fits(answer, question)) {
            return Optional.empty();
        }
        asked.remove(resource);
        return Optional.of(question.effect());
    }

    /** Effects that have waited too long for their answer; they are settled thereby. */
    List<MemberEffect> overdue(long nanos) {
        List<MemberEffect> late = List.of();
        for (Asked question : asked.values()) {
            if (nanos - question.nanos() >= ANSWER_LIMIT) {
                late = late.isEmpty() ? new ArrayList<>() : late;
                late.add(question.effect());
            }
        }
        late.forEach(effect -> asked.remove(Answers.resource(effect)));
        return late;
    }

    /** What has been put out since the last call, in order. */
    List<MemberEffect> take() {
        if (effects.isEmpty()) {
            return List.of();
        }
        List<MemberEffect> taken = List.copyOf(effects);
        effects.clear();
        return taken;
    }
}
