package io.tfdc.messaging;

/**
 * A subject with or without wildcards: tokens separated by dots, {@code *} for exactly one token, {@code >} as the last token
 * for one or more.
 *
 * @param pattern e.g. {@code dc.ETCH01.*.completed}; 1 to 512 characters, no white space, no empty token
 */
public record SubjectFilter(String pattern) {
    private static final int MAX_LENGTH = 512;

    public SubjectFilter {
        check(pattern, true);
    }

    /**
     * Returns the subject if a message can be sent to it.
     *
     * @throws IllegalArgumentException if it has wildcards, white space or empty tokens
     */
    public static String requireSubject(String subject) {
        check(subject, false);
        return subject;
    }

    /** True if it names exactly one subject. */
    public boolean isLiteral() {
        return pattern.indexOf('*') < 0 && pattern.indexOf('>') < 0;
    }

    /** Whether a subject without wildcards fits the pattern. */
    public boolean matches(String subject) {
        return meet(pattern, subject);
    }

    /** Whether some subject fits both patterns. */
    public boolean overlaps(SubjectFilter other) {
        return meet(pattern, other.pattern);
    }

    private static boolean meet(String a, String b) {
        int startA = 0;
        int startB = 0;
        while (true) {
            int endA = tokenEnd(a, startA);
            int endB = tokenEnd(b, startB);
            if (isToken(a, startA, endA, '>') || isToken(b, startB, endB, '>')) {
                return true;
            }
            boolean same = endA - startA == endB - startB && a.regionMatches(startA, b, startB, endA - startA);
            if (!same && !isToken(a, startA, endA, '*') && !isToken(b, startB, endB, '*')) {
                return false;
            }
            if (endA == a.length() || endB == b.length()) {
                return endA == a.length() && endB == b.length();
            }
            startA = endA + 1;
            startB = endB + 1;
        }
    }

    private static void check(String text, boolean wildcards) {
        boolean valid = !text.isEmpty() && text.length() <= MAX_LENGTH;
        int start = 0;
        while (valid && start <= text.length()) {
            int end = tokenEnd(text, start);
            boolean rest = isToken(text, start, end, '>');
            boolean wild = rest || isToken(text, start, end, '*');
            valid = end > start && (wild ? wildcards : isPlain(text, start, end)) && (!rest || end == text.length());
            start = end + 1;
        }
        if (!valid) {
            String shown = text.length() > 80 ? text.substring(0, 80) + "..." : text;
            throw new IllegalArgumentException("subject: expected 1 to " + MAX_LENGTH
                    + " characters, tokens separated by dots, "
                    + (wildcards ? "'*' as a whole token, '>' at the end" : "no wildcards") + ", found \"" + shown
                    + '"');
        }
    }

    private static boolean isPlain(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == '*' || c == '>' || c == 127) {
                return false;
            }
        }
        return true;
    }

    private static int tokenEnd(String text, int start) {
        int dot = text.indexOf('.', start);
        return dot < 0 ? text.length() : dot;
    }

    private static boolean isToken(String text, int start, int end, char wildcard) {
        return end - start == 1 && text.charAt(start) == wildcard;
    }
}
