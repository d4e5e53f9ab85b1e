package io.tfdc.coordination;

import java.util.Optional;

/** Taking part in elections, and what is known of their outcome. */
final class Candidacy {
    private final Outbox out;

    private Optional<String> candidate = Optional.empty();
    private boolean leading;
    private boolean leaderKnown;
    private MemberState phase = MemberState.LEADER;

    Candidacy(Outbox out) {
        this.out = out;
    }

    void seen(MemberEvent.ElectionSeen election) {
        boolean won = election.leading() && isOwn(election.leader());
        if (won && !leading) {
            phase = MemberState.LEADER;
        }
        leading = won;
        leaderKnown = won || !election.leader().isEmpty();
    }

    /** Of this life: what is heard late may be about the candidate of an earlier one. A stay of its own has a suffix of {@link Leadership}. */
    private boolean isOwn(String leader) {
        return candidate.isPresent()
                && leader.startsWith(candidate.get())
                && (leader.length() == candidate.get().length()
                        || leader.charAt(candidate.get().length()) == Leadership.STAY);
    }

    void seen(MemberEvent.PhaseSeen seen) {
        phase = seen.phase();
    }

    boolean leading() {
        return leading;
    }

    boolean leaderKnown() {
        return leaderKnown;
    }

    /** What a leader does. */
    MemberState phase() {
        return phase;
    }

    boolean isCandidate() {
        return candidate.isPresent();
    }

    /** Begins to take part if this process may. */
    void campaign(StableId id, String incarnation) {
        if (candidate.isEmpty()) {
            candidate = Optional.of(id + "@" + incarnation);
            out.tell(new MemberEffect.Campaign(candidate.get()));
        }
    }

    void resign() {
        if (candidate.isPresent()) {
            candidate = Optional.empty();
            leading = false;
            out.tell(new MemberEffect.Resign());
        }
    }
}
