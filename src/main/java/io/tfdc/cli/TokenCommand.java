package io.tfdc.cli;

import io.tfdc.api.Role;
import io.tfdc.api.TokenFile;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code defender token}. */
@Command(
        name = "token",
        description = "Make a token for the API: prints the token once, and the line that lets it in.",
        footer = {"", "Append the line to the file that api.tokens names. The token itself is stored nowhere."})
final class TokenCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "NAME", description = "Who it is for, as the audit log shows it.")
    private String name = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "ROLE",
            description = "viewer, engineer, operator or admin.")
    private List<String> roles = new ArrayList<>();

    /** Picocli sets the fields. */
    @SuppressWarnings("NullAway.Init")
    TokenCommand() {}

    @Override
    public Integer call() {
        if (!name.matches("[A-Za-z0-9_.@-]{1,64}")) {
            throw CommandException.usage("NAME: expected 1 to 64 of A-Z a-z 0-9 _ . @ -");
        }
        Set<Role> granted = EnumSet.noneOf(Role.class);
        for (String role : roles) {
            granted.add(Role.of(role)
                    .orElseThrow(() -> CommandException.usage(
                            "ROLE: expected viewer, engineer, operator or admin, found \"" + role + '"')));
        }
        TokenFile.Minted minted = TokenFile.mint(name, granted);
        spec.commandLine().getOut().println("token  " + minted.token());
        spec.commandLine().getOut().println("line   " + minted.line());
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }
}
