package io.tfdc.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class DefenderCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void help_goes_to_stdout_and_explains_exit_codes() {
        assertEquals(ExitCode.OK, run("--help"));
        assertTrue(out.toString().startsWith("Usage: defender"), out.toString());
        assertTrue(out.toString().contains("2   wrong command line"), out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void help_is_a_command_too() {
        assertEquals(ExitCode.OK, run("help"));
        assertTrue(out.toString().contains("config "), out.toString());
        out.getBuffer().setLength(0);
        assertEquals(ExitCode.OK, run("help", "config"));
        assertTrue(out.toString().startsWith("Usage: defender config"), out.toString());
    }

    @Test
    void version_is_printed() {
        assertEquals(ExitCode.OK, run("--version"));
        assertTrue(out.toString().startsWith("defender "), out.toString());
    }

    @Test
    void a_missing_command_is_bad_usage() {
        assertEquals(ExitCode.USAGE, run());
        assertEquals("defender: Missing command\nTry 'defender --help'.\n", err.toString());
    }

    @Test
    void an_unknown_command_is_bad_usage_and_gets_one_line_and_a_hint() {
        assertEquals(ExitCode.USAGE, run("--versoin"));
        assertAll(
                () -> assertTrue(err.toString().contains("'--versoin'"), err.toString()),
                () -> assertTrue(err.toString().contains("--version"), err.toString()),
                () -> assertFalse(err.toString().contains("\tat "), err.toString()),
                () -> assertEquals("", out.toString()));
    }

    @Test
    void every_subcommand_has_help_with_a_description() {
        CommandLine root = DefenderCommand.commandLine(new PrintWriter(out), new PrintWriter(err));
        assertAll(root.getSubcommands().values().stream()
                .map(command -> () -> assertTrue(
                        command.getCommandSpec().usageMessage().description().length > 0,
                        command.getCommandName() + " has no description")));
    }

    @Test
    void a_failure_is_one_line_without_a_stack_trace() {
        assertEquals(ExitCode.FAILED, runWith(new Failing(new IllegalStateException("disk is gone")), "fail"));
        assertEquals("defender: IllegalStateException: disk is gone\n", err.toString());
    }

    @Test
    void a_failure_without_message_names_its_class() {
        assertEquals(ExitCode.FAILED, runWith(new Failing(new IllegalStateException()), "fail"));
        assertEquals("defender: java.lang.IllegalStateException (run with -v for the stack trace)\n", err.toString());
    }

    @Test
    void verbose_prints_the_stack_trace_before_and_after_the_subcommand() {
        assertEquals(ExitCode.FAILED, runWith(new Failing(new IllegalStateException("x")), "-v", "fail"));
        assertTrue(err.toString().contains("\tat "), err.toString());
        err.getBuffer().setLength(0);
        assertEquals(ExitCode.FAILED, runWith(new Failing(new IllegalStateException("x")), "fail", "--verbose"));
        assertTrue(err.toString().contains("\tat "), err.toString());
    }

    @Test
    void a_command_chooses_exit_code_and_message() {
        assertEquals(ExitCode.USAGE, runWith(new Failing(CommandException.usage("no such file: a.yaml")), "fail"));
        assertEquals("defender: no such file: a.yaml\n", err.toString());
    }

    private int run(String... args) {
        return DefenderCommand.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private int runWith(Object subcommand, String... args) {
        PrintWriter errors = new PrintWriter(err, true);
        return DefenderCommand.commandLine(new PrintWriter(out, true), errors)
                .addSubcommand(subcommand)
                .setErr(errors)
                .execute(args);
    }

    @Command(name = "fail", description = "Fails.")
    private static final class Failing implements Callable<Integer> {
        private final Exception failure;

        Failing(Exception failure) {
            this.failure = failure;
        }

        @Override
        public Integer call() throws Exception {
            throw failure;
        }
    }
}
