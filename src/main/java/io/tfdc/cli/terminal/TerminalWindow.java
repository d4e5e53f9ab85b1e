package io.tfdc.cli.terminal;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A terminal whose screen is redrawn in place: on the alternate screen, every line overwritten and cleared to its end, so that
 * nothing flickers. Used by one thread at a time; {@link #close} gives the terminal back as it was.
 */
public final class TerminalWindow implements AutoCloseable {
    private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[H\u001b[2J";
    private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
    private static final String HOME = "\u001b[H";
    private static final String TO_END_OF_LINE = "\u001b[K";
    private static final String TO_END_OF_SCREEN = "\u001b[J";

    private final PrintWriter out;
    private boolean open;

    /** @param width columns @param height rows */
    public record Size(int width, int height) {
        public static final Size USUAL = new Size(100, 30);
    }

    public TerminalWindow(PrintWriter out) {
        this.out = out;
    }

    public void draw(List<String> lines) {
        StringBuilder frame = new StringBuilder(open ? "" : ENTER).append(HOME);
        open = true;
        for (int i = 0; i < lines.size(); i++) {
            frame.append(i == 0 ? "" : "\r\n").append(lines.get(i)).append(TO_END_OF_LINE);
        }
        out.print(frame.append(TO_END_OF_SCREEN));
        out.flush();
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            out.print(LEAVE);
            out.flush();
        }
    }

    /** Whether standard output is a terminal that takes control sequences. */
    public static boolean isStandardOutput(Map<String, String> environment) {
        if ("dumb".equals(environment.get("TERM"))) {
            return false;
        }
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException notLinux) {
            return System.console() != null;
        }
    }

    /** The size now; asks {@code stty}, and takes a usual size where that doesn't tell. Blocks for some milliseconds. */
    public static Size size() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(Path.of("/dev/tty").toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(stty.getInputStream().readNBytes(64), StandardCharsets.US_ASCII).strip();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroy();
            }
            return parse(answer);
        } catch (IOException noStty) {
            return Size.USUAL;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Size.USUAL;
        }
    }

    /** {@code rows columns}. */
    public static Size parse(String answer) {
        String[] parts = answer.split(" ", -1);
        if (parts.length != 2 || !answer.matches("\\d{1,4} \\d{1,4}")) {
            return Size.USUAL;
        }
        int rows = Integer.parseInt(parts[0]);
        int columns = Integer.parseInt(parts[1]);
        return rows < 10 || columns < 40 ? Size.USUAL : new Size(columns, rows);
    }
}
