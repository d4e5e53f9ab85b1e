package io.tfdc.cli;

import io.tfdc.config.DefenderConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code defender election-agent}. */
@Command(
        name = "election-agent",
        description = "Decide elections for defenders: one replica of the Election Agent.",
        footer = {
            "",
            "Three replicas that know each other (electionAgent.peers) survive the loss of one; one alone suits small sites. Ready",
            "when the replicas have a leader. SIGTERM or SIGINT: answers no more, leaves, ends with 0; a second one ends the",
            "process at once. docs/election-agent.md has the rest."
        })
final class ElectionAgentCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions options;

    /** Picocli sets the fields. */
    @SuppressWarnings("NullAway.Init")
    ElectionAgentCommand() {}

    @Override
    public Integer call() {
        DefenderConfig config = options.apply();
        DistinctPorts.require(
                "electionAgent.port",
                config.electionAgent().port(),
                "http.port",
                config.http().port());
        return new ElectionAgentProcess(config).run();
    }
}
