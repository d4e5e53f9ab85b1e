package io.tfdc.leader;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** What is done at each kind of event. */
final class Reactions {
    private final Map<Class<? extends LeaderEvent>, BiConsumer<LeaderEvent, Turn>> byKind = new HashMap<>();

    <E extends LeaderEvent> Reactions on(Class<E> kind, BiConsumer<E, Turn> reaction) {
        byKind.put(kind, (event, turn) -> reaction.accept(kind.cast(event), turn));
        return this;
    }

    void react(LeaderEvent event, Turn turn) {
        BiConsumer<LeaderEvent, Turn> reaction = byKind.get(event.getClass());
        if (reaction == null) {
            throw new IllegalStateException(
                    "nothing is done at " + event.getClass().getSimpleName());
        }
        reaction.accept(event, turn);
    }

    Set<Class<? extends LeaderEvent>> kinds() {
        return byKind.keySet();
    }
}
