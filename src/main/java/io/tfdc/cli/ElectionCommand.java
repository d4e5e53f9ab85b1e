package io.tfdc.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code defender election}: looks at the election and moves leadership. */
@Command(
        name = "election",
        description =
                "Show who leads, let the leader resign, or name the next one; at the Election Agents. Show or change their replicas.",
        subcommands = {
            ElectionCommand.Status.class,
            ElectionCommand.Resign.class,
            ElectionCommand.HandOver.class,
            ElectionCommand.Members.class
        })
final class ElectionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** Picocli sets the fields. */
    @SuppressWarnings("NullAway.Init")
    ElectionCommand() {}

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing command: status, resign, handover or members");
    }

    /** What the subcommands have in common. */
    private abstract static class Access implements Callable<Integer> {
        @Spec
        CommandSpec spec;

        @Mixin
        ConfigOptions options;

        /** Picocli sets the fields. */
        @SuppressWarnings("NullAway.Init")
        Access() {}

        PrintWriter out() {
            return spec.commandLine().getOut();
        }
    }

    @Command(name = "status", description = "Show who leads and how each agent stands.")
    static final class Status extends Access {
        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Override
        public Integer call() {
            return new ElectionTasks(options.apply(), out()).status(json);
        }
    }

    @Command(
            name = "resign",
            description = "End the leader's term: another member is elected within a second, and may be the same.")
    static final class Resign extends Access {
        @Override
        public Integer call() {
            return new ElectionTasks(options.apply(), out()).resign();
        }
    }

    @Command(
            name = "handover",
            description =
                    "Name the next leader. The present one stops at once; the next leads when the present term is over.")
    static final class HandOver extends Access {
        @Parameters(paramLabel = "CANDIDATE", description = "Name of a candidate as `status` shows it.")
        private String candidate = "";

        @Option(
                names = "--term",
                paramLabel = "SECONDS",
                defaultValue = "10",
                description = "How long the candidate has to come (default: ${DEFAULT-VALUE}).")
        private int seconds;

        @Override
        public Integer call() {
            return new ElectionTasks(options.apply(), out()).handOver(candidate, Duration.ofSeconds(seconds));
        }
    }

    @Command(
            name = "members",
            description =
                    "Show which replicas of the Election Agent take part in their log, or change that while they run.",
            footer = {
                "",
                "Asks the replicas themselves: give it a replica's configuration (electionAgent.peers and peerTls), as in its own pod.",
                "A newcomer that is not among electionAgent.founders waits until it is named here. Members that are left out take no",
                "further part and are to be stopped."
            })
    static final class Members extends Access {
        @Option(
                names = "--change-to",
                paramLabel = "NAME",
                split = ",",
                description =
                        "Make these replicas out of electionAgent.peers the members; newcomers must not be the majority.")
        private List<String> names = List.of();

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Override
        public Integer call() {
            MemberTasks tasks = new MemberTasks(options.apply().electionAgent(), out());
            return names.isEmpty() ? tasks.list(json) : tasks.set(names);
        }
    }
}
