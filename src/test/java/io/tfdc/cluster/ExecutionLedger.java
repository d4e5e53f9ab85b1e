package io.tfdc.cluster;

import io.tfdc.model.ChamberId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Who executed what, in order. Safe for use from several threads. */
final class ExecutionLedger {
    /** An execution whose result was stored. */
    record Execution(String member, ChamberId chamber, String run) {}

    private final List<Execution> executions = new CopyOnWriteArrayList<>();

    void executed(String member, ChamberId chamber, String run) {
        executions.add(new Execution(member, chamber, run));
    }

    List<Execution> all() {
        return List.copyOf(executions);
    }

    /** Runs that were executed. */
    Set<String> runs() {
        return executions.stream().map(Execution::run).collect(Collectors.toSet());
    }

    /** Executions of runs that had been executed before. */
    List<Execution> repeated() {
        Set<String> seen = new HashSet<>();
        List<Execution> repeated = new ArrayList<>();
        for (Execution execution : executions) {
            if (!seen.add(execution.run())) {
                repeated.add(execution);
            }
        }
        return repeated;
    }
}
