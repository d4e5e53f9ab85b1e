package io.tfdc.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The root of the command line and the one list of its subcommands.
 *
 * <p>Every start loads all classes of the list, so a subcommand keeps its fields and signatures free of Vert.x, driver and
 * codec types and touches them in {@code call()} alone.
 *
 * <p>A subcommand implements {@code Callable<Integer>}, writes to {@code spec.commandLine().getOut()} (buffered: flush where
 * somebody watches) and returns an {@link ExitCode}. It throws {@link CommandException} where the user needs a message; any
 * other exception ends it with {@link ExitCode#FAILED} and its message.
 */
@Command(
        name = "defender",
        description = "Fault detection for semiconductor fabs: T-chart in, U-chart and alarm out.",
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            ElectionAgentCommand.class,
            ElectionCommand.class,
            ClusterCommand.class,
            ConsoleCommand.class,
            DlqCommand.class,
            SimulateCommand.class,
            SimulateClusterCommand.class,
            BenchCommand.class,
            StrategyCommand.class,
            BacktestCommand.class,
            ConfigCommand.class,
            TokenCommand.class,
            MeboCommand.class,
            SchemaCommand.class,
            HealthCommand.class,
            HelpCommand.class,
        },
        mixinStandardHelpOptions = true,
        versionProvider = DefenderCommand.Version.class,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        usageHelpWidth = 110,
        synopsisHeading = "Usage: ",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the task failed; the reason is on stderr",
            "2:wrong command line or configuration; nothing was started"
        })
public final class DefenderCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-v", "--verbose"},
            description = "Print the stack trace of an error.",
            scope = ScopeType.INHERIT)
    private boolean verbose;

    /** Picocli sets the fields. */
    @SuppressWarnings("NullAway.Init")
    private DefenderCommand() {}

    /**
     * Runs one command line.
     *
     * @return the exit code for the process
     */
    public static int run(String[] args, PrintWriter out, PrintWriter err) {
        return commandLine(out, err).execute(args);
    }

    static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        DefenderCommand root = new DefenderCommand();
        return new CommandLine(root)
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((failure, args) -> reportUsage(failure))
                .setExecutionExceptionHandler((failure, command, parsed) -> root.report(failure, command));
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }

    private static int reportUsage(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("defender: " + failure.getMessage());
        UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return ExitCode.USAGE;
    }

    private int report(Exception failure, CommandLine command) {
        PrintWriter err = command.getErr();
        err.println("defender: " + message(failure));
        if (verbose) {
            failure.printStackTrace(err);
        }
        err.flush();
        return failure instanceof CommandException ended ? ended.exitCode() : ExitCode.FAILED;
    }

    private static String message(Exception failure) {
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return failure.getClass().getName() + " (run with -v for the stack trace)";
        }
        return failure instanceof CommandException
                ? message
                : failure.getClass().getSimpleName() + ": " + message;
    }

    /** The version in the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Optional.ofNullable(
                            DefenderCommand.class.getPackage().getImplementationVersion())
                    .orElse("(not packaged)");
            return new String[] {
                "defender " + version, "Java " + System.getProperty("java.version"),
            };
        }
    }
}
