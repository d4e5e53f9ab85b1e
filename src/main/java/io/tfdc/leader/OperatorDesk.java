package io.tfdc.leader;

import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes operators' wishes one after the other: stores by compare-and-set what is to last, and replies when it is stored. */
final class OperatorDesk {
    static final String NOT_LEADING = "this process no longer leads";
    private static final int MAX_WAITING = 64;
    private static final int ATTEMPTS = 3;

    private final ArrayDeque<LeaderEvent.CommandReceived> waiting = new ArrayDeque<>();
    private OperatorState state = OperatorState.NONE;
    private long revision;
    private @Nullable Writing writing;
    private int attempts;
    private boolean readNeeded;

    private record Writing(LeaderEvent.CommandReceived command, OperatorState state, String text) {}

    OperatorState state() {
        return state;
    }

    void add(LeaderEvent.CommandReceived command, Turn turn) {
        if (waiting.size() >= MAX_WAITING) {
            refuse(command, "too many commands wait already", turn);
        } else {
            waiting.add(command);
        }
    }

    boolean readNeeded() {
        return readNeeded;
    }

    /** Begins with the next wish if none is being stored. */
    void advance(OperatorRules rules, Errands errands, Turn turn) {
        while (writing == null && !readNeeded && !waiting.isEmpty()) {
            LeaderEvent.CommandReceived command = waiting.element();
            OperatorRules.Ruling ruling = rules.judge(command.command(), state);
            if (ruling.state().isEmpty()) {
                waiting.remove();
                refuse(command, ruling.text(), turn);
            } else if (ruling.state().get().equals(state)) {
                waiting.remove();
                turn.emit(new LeaderEffect.Reply(command.ticket(), new OperatorReply.Done(ruling.text())));
            } else if (errands.send(
                    new LeaderEffect.WriteOperatorState(ruling.state().get(), revision), turn)) {
                writing = new Writing(command, ruling.state().get(), ruling.text());
                attempts++;
            } else {
                return;
            }
        }
    }

    /** What was wished is stored; yields the command. */
    Optional<LeaderEvent.CommandReceived> written(long newRevision, Turn turn) {
        Writing done = writing;
        if (done == null) {
            return Optional.empty();
        }
        state = done.state();
        revision = newRevision;
        return Optional.of(finish(done, turn));
    }

    private LeaderEvent.CommandReceived finish(Writing done, Turn turn) {
        writing = null;
        attempts = 0;
        waiting.remove();
        turn.emit(new LeaderEffect.Reply(done.command().ticket(), new OperatorReply.Done(done.text())));
        return done.command();
    }

    /** The write was refused, or its outcome is not known. */
    void uncertain() {
        readNeeded = true;
    }

    /** Takes what is stored; yields the command if it turns out to be stored. */
    Optional<LeaderEvent.CommandReceived> read(OperatorState stored, long storedRevision, Turn turn) {
        state = stored;
        revision = storedRevision;
        readNeeded = false;
        Writing unsure = writing;
        if (unsure == null) {
            return Optional.empty();
        }
        if (stored.equals(unsure.state())) {
            return Optional.of(finish(unsure, turn));
        }
        writing = null;
        if (attempts >= ATTEMPTS) {
            attempts = 0;
            waiting.remove();
            refuse(unsure.command(), "it could not be stored in " + ATTEMPTS + " attempts", turn);
        }
        return Optional.empty();
    }

    /** Leading is over: everybody who waits is told. */
    void close(Turn turn) {
        waiting.forEach(command -> refuse(command, NOT_LEADING, turn));
        waiting.clear();
        writing = null;
    }

    static void refuse(LeaderEvent.CommandReceived command, String reason, Turn turn) {
        turn.emit(new LeaderEffect.Reply(command.ticket(), new OperatorReply.Refused(reason)));
    }
}
