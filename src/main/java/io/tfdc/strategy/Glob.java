package io.tfdc.strategy;

/**
 * A pattern of names: {@code *} stands for any characters, {@code ?} for one.
 *
 * @param text as written
 */
record Glob(String text) {
    static final Glob ANY = new Glob("*");

    boolean isAny() {
        return text.equals("*");
    }

    boolean isExact() {
        return text.indexOf('*') < 0 && text.indexOf('?') < 0;
    }

    /** Linear in the common case, never worse than the product of both lengths. */
    boolean matches(String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int resume = 0;
        while (n < name.length()) {
            if (p < text.length() && text.charAt(p) == '*') {
                star = p++;
                resume = n;
            } else if (p < text.length() && (text.charAt(p) == '?' || text.charAt(p) == name.charAt(n))) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++resume;
            } else {
                return false;
            }
        }
        while (p < text.length() && text.charAt(p) == '*') {
            p++;
        }
        return p == text.length();
    }

    /** Whether some name matches both patterns. */
    boolean overlaps(Glob other) {
        String a = text;
        String b = other.text;
        boolean[][] possible = new boolean[a.length() + 1][b.length() + 1];
        for (int i = a.length(); i >= 0; i--) {
            for (int j = b.length(); j >= 0; j--) {
                possible[i][j] = step(a, b, i, j, possible);
            }
        }
        return possible[0][0];
    }

    private static boolean step(String a, String b, int i, int j, boolean[][] possible) {
        if (i == a.length() && j == b.length()) {
            return true;
        }
        boolean starA = i < a.length() && a.charAt(i) == '*';
        boolean starB = j < b.length() && b.charAt(j) == '*';
        if (starA || starB) {
            return (starA && possible[i + 1][j])
                    || (starB && possible[i][j + 1])
                    || (starA && j < b.length() && possible[i][j + 1])
                    || (starB && i < a.length() && possible[i + 1][j]);
        }
        if (i == a.length() || j == b.length()) {
            return false;
        }
        boolean same = a.charAt(i) == b.charAt(j) || a.charAt(i) == '?' || b.charAt(j) == '?';
        return same && possible[i + 1][j + 1];
    }

    @Override
    public String toString() {
        return text;
    }
}
