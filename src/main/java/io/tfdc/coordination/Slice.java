package io.tfdc.coordination;

import io.tfdc.model.ChamberId;
import java.util.HashSet;
import java.util.Set;

/**
 * One consumer of this process. It is created with its chambers and only ever loses some: a chamber that is on its way out ({@link #leaving})
 * has to go all the way, even if the map gives it back meanwhile, as an update that adds one would strand its backlog.
 */
final class Slice {
    private final String name;
    private final Set<ChamberId> chambers;
    private final Set<ChamberId> leaving = new HashSet<>();
    private Phase phase;
    private boolean paused;
    private boolean doomed;
    private long retryAt;

    /** How far it has come. */
    enum Phase {
        CREATING,
        ACTIVE,
        DELETING
    }

    Slice(String name, Set<ChamberId> chambers, Phase phase, long nanos) {
        this.name = name;
        this.chambers = new HashSet<>(chambers);
        this.phase = phase;
        this.retryAt = nanos;
    }

    String name() {
        return name;
    }

    /** Chambers that the consumer may have. */
    Set<ChamberId> chambers() {
        return chambers;
    }

    /** Those of them that are being taken out. */
    Set<ChamberId> leaving() {
        return leaving;
    }

    Phase phase() {
        return phase;
    }

    void enter(Phase next) {
        phase = next;
    }

    /**
     * Whether work on the chamber may begin by this consumer. Also before the answer to its creation: a message that it delivered says that
     * the broker has created it, and would, left alone, only come again when its time is up, behind the later ones of its chamber.
     */
    boolean serves(ChamberId chamber) {
        return phase != Phase.DELETING && chambers.contains(chamber) && !leaving.contains(chamber);
    }

    boolean isPaused() {
        return paused;
    }

    void pause(boolean on) {
        paused = on;
    }

    /** Whether it is to be deleted as soon as nothing of it is at work. */
    boolean isDoomed() {
        return doomed;
    }

    void doom(boolean on) {
        doomed = on;
    }

    /** Nothing is asked of the consumer before. */
    long retryAt() {
        return retryAt;
    }

    void retryAt(long nanos) {
        retryAt = nanos;
    }
}
