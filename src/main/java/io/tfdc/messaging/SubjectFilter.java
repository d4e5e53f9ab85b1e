package io.tfdc.messaging;

import java.util.Arrays;

/**
 * A NATS subject pattern: tokens separated by dots, {@code *} for any one token, {@code >} at the end for one token or more.
 *
 * @param pattern e.g. {@code dc.ETCH01.*.completed}
 */
public record SubjectFilter(String pattern) {
    public SubjectFilter {
        String[] tokens = tokens(pattern);
        for (int i = 0; i < tokens.length; i++) {
            boolean wild = tokens[i].indexOf('*') >= 0 || tokens[i].indexOf('>') >= 0;
            boolean legal = !wild || tokens[i].equals("*") || tokens[i].equals(">") && i == tokens.length - 1;
            if (tokens[i].isEmpty() || !legal || tokens[i].chars().anyMatch(Character::isWhitespace)) {
                throw new IllegalArgumentException(
                        "subject: expected tokens separated by dots, '*' as a whole token, '>' at the end, found \""
                                + pattern + '"');
            }
        }
    }

    /** Whether a subject without wildcards fits the pattern. */
    public boolean matches(String subject) {
        return pattern.equals(subject) || overlap(tokens(pattern), tokens(subject));
    }

    /** Whether some subject fits both patterns. */
    public boolean overlaps(SubjectFilter other) {
        return overlap(tokens(pattern), tokens(other.pattern));
    }

    public boolean isLiteral() {
        return pattern.indexOf('*') < 0 && pattern.indexOf('>') < 0;
    }

    private static boolean overlap(String[] a, String[] b) {
        for (int i = 0; i < a.length && i < b.length; i++) {
            if (a[i].equals(">") || b[i].equals(">")) {
                return true;
            }
            if (!a[i].equals("*") && !b[i].equals("*") && !a[i].equals(b[i])) {
                return false;
            }
        }
        return a.length == b.length;
    }

    private static String[] tokens(String subject) {
        String[] tokens = subject.split("\\.", -1);
        return tokens.length <= 64 ? tokens : Arrays.copyOf(tokens, 64);
    }
}
