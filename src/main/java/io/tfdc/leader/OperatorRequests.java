package io.tfdc.leader;

import io.tfdc.coordination.AssignmentMap;
import io.tfdc.leader.LeaderEvent.CommandReceived;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes operators' commands: questions are answered at once, wishes that last go to the desk, others onto the agenda. */
final class OperatorRequests {
    private final Situation situation;
    private final Answers answers;
    private @Nullable CommandReceived rollback;

    OperatorRequests(Situation situation) {
        this.situation = situation;
        answers = new Answers(situation.roster, situation.catalog, situation.plans, situation.settings.maxMembers());
    }

    void received(CommandReceived received, LeaderView view, Turn turn) {
        AssignmentMap map = situation.presentMap();
        OperatorCommand command = received.command();
        if (command instanceof OperatorCommand.Status) {
            reply(received, answers.status(view, map, situation.limits(), turn.nanos()), turn);
        } else if (command instanceof OperatorCommand.PlanFor plan) {
            int budget = situation.balanceBudget();
            reply(received, answers.planFor(plan.size(), map, situation.limits(), budget, turn.nanos()), turn);
        } else if (command instanceof OperatorCommand.Explain explain) {
            reply(received, answers.explain(explain.chamber(), map, situation.desk.state()), turn);
        } else if (command instanceof OperatorCommand.Rebalance) {
            rebalance(received, turn);
        } else if (command instanceof OperatorCommand.Rollback wish) {
            rollBack(received, wish.version(), turn);
        } else if (situation.tenure.leading()) {
            situation.desk.add(received, turn);
        } else {
            OperatorDesk.refuse(received, "the leader is still taking over, try again", turn);
        }
    }

    private static void reply(CommandReceived received, OperatorReply reply, Turn turn) {
        turn.emit(new LeaderEffect.Reply(received.ticket(), reply));
    }

    private void rebalance(CommandReceived received, Turn turn) {
        Optional<String> obstacle = obstacle();
        if (obstacle.isPresent()) {
            OperatorDesk.refuse(received, obstacle.get(), turn);
            return;
        }
        situation.agenda.rebalance(received.by());
        reply(received, new OperatorReply.Done("chambers move as far as balance needs it"), turn);
    }

    private void rollBack(CommandReceived received, long version, Turn turn) {
        Optional<String> obstacle = obstacle();
        if (obstacle.isPresent()) {
            OperatorDesk.refuse(received, obstacle.get(), turn);
        } else if (version < 1 || version >= situation.writer.version()) {
            OperatorDesk.refuse(
                    received,
                    "version: expected 1 to " + (situation.writer.version() - 1) + ", found " + version,
                    turn);
        } else if (rollback != null || !situation.errands.send(new LeaderEffect.ReadHistory(), turn)) {
            OperatorDesk.refuse(received, "another rollback is under way, try again", turn);
        } else {
            rollback = received;
        }
    }

    private Optional<String> obstacle() {
        if (!situation.tenure.leading() || situation.map() == null) {
            return Optional.of("there is no map yet");
        }
        return situation.desk.state().paused() ? Optional.of("rebalancing is paused, resume first") : Optional.empty();
    }

    void historyRead(List<AssignmentMap> maps, Turn turn) {
        CommandReceived asked = rollback;
        rollback = null;
        if (!situation.errands.answered(LeaderEffect.ReadHistory.class)
                || asked == null
                || !(asked.command() instanceof OperatorCommand.Rollback wish)) {
            return;
        }
        Optional<AssignmentMap> earlier =
                maps.stream().filter(map -> map.version() == wish.version()).findFirst();
        if (earlier.isEmpty()) {
            OperatorDesk.refuse(asked, "version " + wish.version() + " is no longer stored", turn);
            return;
        }
        situation.agenda.rollBack(
                new Agenda.Rollback(wish.version(), earlier.get().owners(), asked.by()));
        String done = "chambers go back to their owners of version " + wish.version() + " as far as these are members";
        reply(asked, new OperatorReply.Done(done), turn);
    }

    void historyFailed(Turn turn) {
        CommandReceived asked = rollback;
        rollback = null;
        if (asked != null) {
            OperatorDesk.refuse(asked, "earlier versions could not be read, try again", turn);
        }
    }

    /** What an operator wished is stored. */
    void stored(CommandReceived received) {
        situation.agenda.operatorChanged(received.by());
        if (received.command() instanceof OperatorCommand.Resume
                || received.command() instanceof OperatorCommand.Uncordon) {
            situation.agenda.balanceLater();
        }
    }

    void close(Turn turn) {
        historyFailed(turn);
        situation.desk.close(turn);
    }
}
