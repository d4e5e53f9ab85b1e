package io.tfdc;

import io.tfdc.cli.DefenderCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Entry point of {@code defender.jar}. */
public final class Main {
    private Main() {}

    /** Runs the command named by {@code args} and ends the process with its exit code. */
    public static void main(String[] args) {
        PrintWriter out = writer(FileDescriptor.out);
        PrintWriter err = writer(FileDescriptor.err);
        int code = DefenderCommand.run(args, out, err);
        out.flush();
        err.flush();
        System.exit(code);
    }

    /** UTF-8 whatever the locale: containers often run without one, and messages carry signs beyond ASCII. */
    private static PrintWriter writer(FileDescriptor target) {
        return new PrintWriter(new FileOutputStream(target), false, StandardCharsets.UTF_8);
    }
}
