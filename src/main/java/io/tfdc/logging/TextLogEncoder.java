package io.tfdc.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * {@code time LEVEL Logger message key=value key="with spaces"}, a stack trace below it. Control characters are escaped, so
 * that nothing from outside can fake a line or move the cursor.
 */
final class TextLogEncoder extends EncoderBase<ILoggingEvent> {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern NEEDS_QUOTES = Pattern.compile("[\\s\"=]|^$");
    private static final String DIM = "\u001b[2m";
    private static final String RESET = "\u001b[0m";

    private final boolean terminal;
    private final DateTimeFormatter timeOfDay =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    TextLogEncoder(boolean terminal) {
        this.terminal = terminal;
    }

    @Override
    public byte @Nullable [] headerBytes() {
        return null;
    }

    @Override
    public byte @Nullable [] footerBytes() {
        return null;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160);
        String time = (terminal ? timeOfDay : JsonLogEncoder.TIME).format(event.getInstant());
        coloured(line, DIM, time).append(' ');
        coloured(line, colour(event.getLevel()), String.format("%-5s", event.getLevel()))
                .append(' ');
        coloured(line, DIM, shortName(event.getLoggerName())).append(' ');
        line.append(escaped(event.getFormattedMessage()));
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            for (KeyValuePair pair : pairs) {
                line.append(' ');
                coloured(line, DIM, escaped(pair.key) + '=').append(quoted(String.valueOf(pair.value)));
            }
        }
        line.append(System.lineSeparator());
        if (event.getThrowableProxy() != null) {
            line.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    private StringBuilder coloured(StringBuilder line, String colour, String text) {
        return terminal ? line.append(colour).append(text).append(RESET) : line.append(text);
    }

    private static String colour(Level level) {
        return switch (level.toInt()) {
            case Level.ERROR_INT -> "\u001b[31m";
            case Level.WARN_INT -> "\u001b[33m";
            case Level.INFO_INT -> "\u001b[32m";
            default -> DIM;
        };
    }

    private static String shortName(String logger) {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }

    private static String quoted(String value) {
        String escaped = escaped(value);
        return NEEDS_QUOTES.matcher(escaped).find() ? '"' + escaped.replace("\"", "\\\"") + '"' : escaped;
    }

    private static String escaped(String text) {
        return CONTROL.matcher(text).replaceAll(found -> switch (found.group().charAt(0)) {
            case '\n' -> "\\\\n";
            case '\r' -> "\\\\r";
            case '\t' -> "\\\\t";
            default -> String.format("\\\\u%04x", (int) found.group().charAt(0));
        });
    }
}
