package io.tfdc.coordination;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which id a process tries to get next.
 *
 * @param id the id
 * @param revision revision of the claim to take over, empty to create one
 */
record ClaimChoice(StableId id, OptionalLong revision) {
    /** Without an intended number the window of ids doubles with every refusal, up to 2 to this. */
    private static final int MAX_DOUBLINGS = 10;

    /**
     * What the choice is made from.
     *
     * @param identity who chooses
     * @param life the process's present life, from 0
     * @param claims claims as listed last
     * @param refused ids that were lost to others since then
     * @param refusals refusals since the last success
     * @param earlier id held in an earlier life
     * @param granted id that the leader lets this process claim
     * @param map the present map
     */
    record Situation(
            Identity identity,
            int life,
            List<IdClaim.Entry> claims,
            Set<StableId> refused,
            int refusals,
            Optional<StableId> earlier,
            Optional<StableId> granted,
            Optional<AssignmentMap> map) {}

    /** The best choice, empty if there is none and the process has to stand by. */
    static Optional<ClaimChoice> of(Situation situation, ClusterSettings settings, ClaimWatch watch, long nanos) {
        Map<StableId, IdClaim.Entry> taken = new HashMap<>();
        situation.claims().forEach(entry -> taken.put(entry.claim().id(), entry));
        return own(situation)
                .or(() -> free(situation.earlier(), situation, taken))
                .or(() -> free(situation.granted(), situation, taken))
                .or(() -> spread(situation, settings, taken))
                .or(() -> abandoned(situation, settings, watch, nanos));
    }

    /**
     * A claim of this pod: an earlier life of this process, or of the container before it. A process that was itself replaced doesn't claim back
     * from its successor in the same pod.
     */
    private static Optional<ClaimChoice> own(Situation situation) {
        Identity identity = situation.identity();
        return situation.claims().stream()
                .filter(entry -> entry.claim().podUid().equals(identity.podUid()))
                .filter(entry ->
                        situation.life() == 0 || identity.lived(entry.claim().incarnation()))
                .filter(entry -> !situation.refused().contains(entry.claim().id()))
                .map(ClaimChoice::over)
                .findFirst();
    }

    private static Optional<ClaimChoice> free(
            Optional<StableId> id, Situation situation, Map<StableId, IdClaim.Entry> taken) {
        return id.filter(i -> !taken.containsKey(i) && !situation.refused().contains(i))
                .map(i -> new ClaimChoice(i, OptionalLong.empty()));
    }

    /** Processes that start together spread over the free ids, so that few of them meet. */
    private static Optional<ClaimChoice> spread(
            Situation situation, ClusterSettings settings, Map<StableId, IdClaim.Entry> taken) {
        List<StableId> free = wanted(situation, settings).stream()
                .filter(id -> !taken.containsKey(id) && !situation.refused().contains(id))
                .toList();
        if (free.isEmpty()) {
            return Optional.empty();
        }
        int window = free.size();
        if (situation.map().isEmpty()) {
            int intended = (int) free.stream()
                    .filter(id -> id.number() < settings.expectedSize())
                    .count();
            int doubled = 1 << Math.min(situation.refusals(), MAX_DOUBLINGS);
            window = intended > 0 ? intended : Math.min(free.size(), doubled);
        }
        String salt = situation.identity().podUid() + situation.refusals();
        return Optional.of(new ClaimChoice(free.get(Jitter.spread(salt, window)), OptionalLong.empty()));
    }

    private static Optional<ClaimChoice> abandoned(
            Situation situation, ClusterSettings settings, ClaimWatch watch, long nanos) {
        List<StableId> wanted = wanted(situation, settings);
        return situation.claims().stream()
                .filter(entry -> watch.stoodStill(entry, nanos))
                .filter(entry -> wanted.contains(entry.claim().id()))
                .filter(entry -> !situation.refused().contains(entry.claim().id()))
                .map(ClaimChoice::over)
                .findFirst();
    }

    /** Ids worth having: those of the map, or all before there is one. */
    private static List<StableId> wanted(Situation situation, ClusterSettings settings) {
        return situation
                .map()
                .<List<StableId>>map(map -> new ArrayList<>(map.members()))
                .orElseGet(() -> IntStream.range(0, settings.maxMembers())
                        .mapToObj(StableId::new)
                        .toList());
    }

    private static ClaimChoice over(IdClaim.Entry entry) {
        return new ClaimChoice(entry.claim().id(), OptionalLong.of(entry.revision()));
    }
}
