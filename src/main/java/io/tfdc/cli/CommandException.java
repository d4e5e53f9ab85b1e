package io.tfdc.cli;

import org.jspecify.annotations.Nullable;

/** Ends a command with an exit code and a message for the user, who sees the message alone unless {@code -v} is given. */
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    private CommandException(int exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** The task was understood but could not be done. */
    static CommandException failed(String message, @Nullable Throwable cause) {
        return new CommandException(ExitCode.FAILED, message, cause);
    }

    /** The user must change the command line, a file named there, or the configuration. */
    static CommandException usage(String message) {
        return new CommandException(ExitCode.USAGE, message, null);
    }

    int exitCode() {
        return exitCode;
    }
}
