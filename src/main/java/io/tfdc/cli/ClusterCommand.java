package io.tfdc.cli;

import io.tfdc.coordination.StableId;
import io.tfdc.leader.OperatorCommand;
import io.tfdc.model.ChamberId;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code defender cluster}: what operators ask of the cluster and tell it. */
@Command(
        name = "cluster",
        description = "See how the cluster stands, and tell it what to do.",
        footer = {
            "",
            "Commands go to the leader over NATS. Exit code 1: the cluster is ill, nobody leads, or the leader refused."
        })
final class ClusterCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** Picocli sets the fields. */
    @SuppressWarnings("NullAway.Init")
    ClusterCommand() {}

    /** What all subcommands have in common. */
    static final class Access {
        @Mixin
        private ConfigOptions options;

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        /** Picocli sets the fields. */
        @SuppressWarnings("NullAway.Init")
        Access() {}
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing command, such as status");
    }

    @Command(name = "status", description = "One screen: what is wrong, who leads, members, moves under way.")
    int status(@Mixin Access access) {
        return tasks(access).status();
    }

    @Command(name = "plan", description = "What would move if there were so many members. Nothing is changed.")
    int plan(
            @Mixin Access access,
            @Option(names = "--size", required = true, paramLabel = "N", description = "Number of members.") int size) {
        return tasks(access).plan(size);
    }

    @Command(name = "drain", description = "Move all chambers away from a member and give it none.")
    int drain(@Mixin Access access, @Parameters(paramLabel = "ID", description = "Such as defender-3.") String id) {
        return tasks(access).tell(new OperatorCommand.Drain(id(id)));
    }

    @Command(name = "cordon", description = "Give a member no further chambers.")
    int cordon(@Mixin Access access, @Parameters(paramLabel = "ID", description = "Such as defender-3.") String id) {
        return tasks(access).tell(new OperatorCommand.Cordon(id(id)));
    }

    @Command(name = "uncordon", description = "Take back a cordon or a drain.")
    int uncordon(@Mixin Access access, @Parameters(paramLabel = "ID", description = "Such as defender-3.") String id) {
        return tasks(access).tell(new OperatorCommand.Uncordon(id(id)));
    }

    @Command(name = "pause", description = "Move nothing but the chambers of the dead.")
    int pause(@Mixin Access access) {
        return tasks(access).tell(new OperatorCommand.Pause());
    }

    @Command(name = "resume", description = "Take back pause.")
    int resume(@Mixin Access access) {
        return tasks(access).tell(new OperatorCommand.Resume());
    }

    @Command(name = "pin", description = "Tie a chamber to a member.")
    int pin(
            @Mixin Access access,
            @Parameters(index = "0", paramLabel = "CHAMBER", description = "Such as ETCH01:A.") String chamber,
            @Parameters(index = "1", paramLabel = "ID", description = "Such as defender-3.") String id) {
        return tasks(access).tell(new OperatorCommand.Pin(chamber(chamber), id(id)));
    }

    @Command(name = "unpin", description = "Untie a chamber.")
    int unpin(
            @Mixin Access access,
            @Parameters(paramLabel = "CHAMBER", description = "Such as ETCH01:A.") String chamber) {
        return tasks(access).tell(new OperatorCommand.Unpin(chamber(chamber)));
    }

    @Command(name = "rebalance", description = "Balance now, within the budget.")
    int rebalance(@Mixin Access access) {
        return tasks(access).tell(new OperatorCommand.Rebalance());
    }

    @Command(name = "rollback", description = "Give every chamber the owner that it had in an earlier version.")
    int rollback(
            @Mixin Access access,
            @Parameters(paramLabel = "VERSION", description = "Version of the map.") long version) {
        return tasks(access).tell(new OperatorCommand.Rollback(version));
    }

    @Command(name = "target", description = "Set the intended number of members; 0 takes it back.")
    int target(@Mixin Access access, @Parameters(paramLabel = "N", description = "Number of members.") int size) {
        return tasks(access).tell(new OperatorCommand.Target(size));
    }

    @Command(name = "explain", description = "Where a chamber is, and the decisions that brought it there.")
    int explain(
            @Mixin Access access,
            @Parameters(paramLabel = "CHAMBER", description = "Such as ETCH01:A.") String chamber) {
        return tasks(access).explain(chamber(chamber));
    }

    @Command(name = "decisions", description = "The newest decisions of the leaders.")
    int decisions(
            @Mixin Access access,
            @Option(
                            names = "--max",
                            defaultValue = "20",
                            paramLabel = "N",
                            description = "At most so many (default: ${DEFAULT-VALUE}).")
                    int max) {
        return tasks(access).decisions(Math.max(1, Math.min(max, 10_000)));
    }

    private StableId id(String text) {
        return StableId.tryParse(text)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "expected an id such as defender-3, found \"" + text + '"'));
    }

    private ChamberId chamber(String text) {
        try {
            return ChamberId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "expected a chamber such as ETCH01:A, found \"" + text + '"', e);
        }
    }

    private ClusterTasks tasks(Access access) {
        PrintWriter out = spec.commandLine().getOut();
        return ClusterTasks.with(access.options.apply(), access.json, out);
    }
}
