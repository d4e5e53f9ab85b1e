package io.tfdc.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code defender schema}. */
@Command(
        name = "schema",
        description = "Create or check the tables in Cassandra.",
        subcommands = {SchemaCommand.Apply.class, SchemaCommand.Status.class},
        footer = {
            "",
            "Hosts, keyspace, data centre, replication and retention come from the section cassandra of the configuration."
        })
final class SchemaCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** Picocli sets the fields. */
    @SuppressWarnings("NullAway.Init")
    SchemaCommand() {}

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing subcommand: apply or status");
    }

    /** {@code defender schema apply}. */
    @Command(
            name = "apply",
            description = "Create the keyspace if it is missing and apply the steps of the schema that are missing.",
            footer = {"", "Safe to repeat and to run from several places at once."})
    static final class Apply implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private ConfigOptions options;

        /** Picocli sets the fields. */
        @SuppressWarnings("NullAway.Init")
        Apply() {}

        @Override
        public Integer call() {
            List<String> applied = new SchemaTask(options.read().config().cassandra()).apply();
            PrintWriter out = spec.commandLine().getOut();
            applied.forEach(step -> out.println("applied " + step));
            out.println(applied.isEmpty() ? "nothing to do, the schema is complete" : "the schema is complete");
            return ExitCode.OK;
        }
    }

    /** {@code defender schema status}. */
    @Command(
            name = "status",
            description = "List the steps of the schema and when they were applied; exit code 1 if one is missing.")
    static final class Status implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private ConfigOptions options;

        /** Picocli sets the fields. */
        @SuppressWarnings("NullAway.Init")
        Status() {}

        @Override
        public Integer call() {
            SchemaTask.Report report = new SchemaTask(options.read().config().cassandra()).status();
            report.lines().forEach(spec.commandLine().getOut()::println);
            return report.complete() ? ExitCode.OK : ExitCode.FAILED;
        }
    }
}
