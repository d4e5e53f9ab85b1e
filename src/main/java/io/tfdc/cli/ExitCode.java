package io.tfdc.cli;

/** How a process ends. */
final class ExitCode {
    /** The task was done. */
    static final int OK = 0;
    /** The task failed; the reason stands on stderr. */
    static final int FAILED = 1;
    /** The command line or the configuration is wrong; nothing was started. */
    static final int USAGE = 2;

    private ExitCode() {}
}
