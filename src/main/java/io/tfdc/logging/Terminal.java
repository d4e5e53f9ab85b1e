package io.tfdc.logging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the process writes to. */
final class Terminal {
    private Terminal() {}

    /** Whether stderr is a terminal; Java itself tells only whether stdin and stdout both are. */
    static boolean onStderr() {
        Path link = Path.of("/proc/self/fd/2");
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException notLinux) {
            return System.console() != null;
        }
    }

    /** The agreed ways of saying no: {@code NO_COLOR} with any value, {@code TERM=dumb}. */
    static boolean wantsColour() {
        return System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
    }
}
