package io.tfdc.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code defender dlq}: notifications that could not be processed. */
@Command(
        name = "dlq",
        description = "List, show, replay or drop notifications that could not be processed.",
        subcommands = {
            DlqCommand.ListLetters.class,
            DlqCommand.Show.class,
            DlqCommand.Replay.class,
            DlqCommand.Drop.class
        })
final class DlqCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** Picocli sets the fields. */
    @SuppressWarnings("NullAway.Init")
    DlqCommand() {}

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing command: list, show, replay or drop");
    }

    /** What the subcommands have in common. */
    private abstract static class Access implements Callable<Integer> {
        @Spec
        CommandSpec spec;

        @Mixin
        ConfigOptions options;

        @Option(names = "--json", description = "Print JSON.")
        boolean json;

        /** Picocli sets the fields. */
        @SuppressWarnings("NullAway.Init")
        Access() {}

        PrintWriter out() {
            return spec.commandLine().getOut();
        }
    }

    /** Which letters. */
    static final class Choice {
        @Option(names = "--all", required = true, description = "All letters.")
        private boolean all;

        @Parameters(arity = "1..*", paramLabel = "SEQ", description = "Numbers as listed.")
        private List<Long> sequences = new ArrayList<>();

        /** The numbers, none for all. */
        List<Long> sequences() {
            return all ? List.of() : List.copyOf(sequences);
        }
    }

    @Command(name = "list", description = "List dead letters, oldest first.")
    static final class ListLetters extends Access {
        @Option(names = "--max", defaultValue = "1000", description = "At most so many (default: ${DEFAULT-VALUE}).")
        private int max;

        @Override
        public Integer call() {
            return DlqTasks.with(options.apply(), json, out()).list(Math.max(1, max));
        }
    }

    @Command(name = "show", description = "Show one dead letter with its payload.")
    static final class Show extends Access {
        @Parameters(paramLabel = "SEQ", description = "Number as listed.")
        private long sequence;

        @Override
        public Integer call() {
            return DlqTasks.with(options.apply(), json, out()).show(sequence);
        }
    }

    @Command(name = "replay", description = "Send notifications again and remove their letters.")
    static final class Replay extends Access {
        @ArgGroup(multiplicity = "1")
        private Choice choice = new Choice();

        @Override
        public Integer call() {
            return DlqTasks.with(options.apply(), json, out()).replay(choice.sequences());
        }
    }

    @Command(name = "drop", description = "Remove dead letters for good.")
    static final class Drop extends Access {
        @ArgGroup(multiplicity = "1")
        private Choice choice = new Choice();

        @Override
        public Integer call() {
            return DlqTasks.with(options.apply(), json, out()).drop(choice.sequences());
        }
    }
}
