package io.tfdc.scenarios;

import io.tfdc.model.RunId;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads what a process logs about runs, at debug level, into the ledger. A run whose acknowledgement the broker did not confirm is told of
 * by a line of its own just before the line that it is completed. Used by the thread that reads the output.
 */
final class RunLog {
    private final Ledger ledger;
    private final Set<String> unconfirmed = new HashSet<>();

    RunLog(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Takes a line; false if it is about something else than the end of a run. */
    boolean take(String process, LogLine log) {
        if (log.message().startsWith("acknowledgement not confirmed")) {
            unconfirmed.add(log.fields().getString("subject", ""));
            return true;
        }
        if (!log.message().equals("run completed")) {
            return false;
        }
        RunId run = RunId.parse(log.fields().getString("run"));
        String subject = "dc." + run.chamber().tool() + '.' + run.chamber().chamber() + ".completed";
        ledger.executed(run, process, log.time(), !unconfirmed.remove(subject));
        return true;
    }
}
