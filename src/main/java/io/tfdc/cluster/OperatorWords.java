package io.tfdc.cluster;

import io.tfdc.leader.OperatorCommand;
import java.util.List;

/** The words of the operators' commands, as they stand on the command line and in requests. */
final class OperatorWords {
    static final List<String> ALL = List.of(
            "status",
            "plan",
            "drain",
            "cordon",
            "uncordon",
            "pause",
            "resume",
            "pin",
            "unpin",
            "rebalance",
            "rollback",
            "target",
            "explain");

    private OperatorWords() {}

    static String of(OperatorCommand command) {
        if (command instanceof OperatorCommand.PlanFor) {
            return "plan";
        }
        String name = command.getClass().getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
