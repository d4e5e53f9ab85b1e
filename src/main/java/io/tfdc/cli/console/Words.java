package io.tfdc.cli.console;

import io.tfdc.cli.terminal.Style;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Pieces of text that the pages have in common. */
final class Words {
    static final List<String> SEVERITIES = List.of("log", "warning", "alarm", "critical");
    private static final int MOST = 500;

    private Words() {}

    /** A text of somebody else: no control character of it reaches the terminal. */
    static String text(JsonObject json, String name) {
        Object value = json.getValue(name);
        String text = value == null ? "" : String.valueOf(value);
        StringBuilder clean = new StringBuilder();
        text.codePoints()
                .limit(MOST)
                .forEach(c -> clean.appendCodePoint(Character.isISOControl(c) || invisible(c) ? ' ' : c));
        return clean.toString();
    }

    /** Marks that turn the direction of writing or can't be seen. */
    private static boolean invisible(int c) {
        return Character.getType(c) == Character.FORMAT || Character.getType(c) == Character.LINE_SEPARATOR;
    }

    static long number(JsonObject json, String name) {
        return json.getValue(name) instanceof Number number ? number.longValue() : 0;
    }

    static double real(JsonObject json, String name) {
        return json.getValue(name) instanceof Number number ? number.doubleValue() : 0;
    }

    static boolean flag(JsonObject json, String name) {
        return Boolean.TRUE.equals(json.getValue(name));
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String rate(OptionalDouble perSecond) {
        return perSecond.isPresent() ? String.format(Locale.ROOT, "%.1f", perSecond.getAsDouble()) : "-";
    }

    static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1e3);
    }

    /** How long ago, in one unit; empty for what is no time. */
    static String age(String time, Instant now) {
        try {
            long seconds =
                    Math.max(0, Duration.between(Instant.parse(time), now).toSeconds());
            return seconds < 100
                    ? seconds + " s"
                    : seconds < 6_000
                            ? seconds / 60 + " min"
                            : seconds < 172_800 ? seconds / 3_600 + " h" : seconds / 86_400 + " d";
        } catch (DateTimeException e) {
            return "";
        }
    }

    static Style style(String severity) {
        return switch (severity) {
            case "critical" -> Style.CRITICAL;
            case "alarm" -> Style.ALARM;
            case "warning" -> Style.WARNING;
            default -> Style.LOG;
        };
    }

    static String plural(long number, String what) {
        return count(number) + " " + what + (number == 1 ? "" : "s");
    }
}
