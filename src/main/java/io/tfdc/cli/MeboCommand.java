package io.tfdc.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code defender mebo}: Mebo blobs for people. */
@Command(
        name = "mebo",
        description = "Look into Mebo blobs and write them.",
        subcommands = {MeboInspectCommand.class, MeboCatCommand.class, MeboEncodeCommand.class})
final class MeboCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    /** Picocli sets the fields. */
    @SuppressWarnings("NullAway.Init")
    MeboCommand() {}

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing command: inspect, cat or encode");
    }
}
