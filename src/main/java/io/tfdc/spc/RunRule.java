package io.tfdc.spc;

import java.util.Arrays;

/**
 * The run rules of Nelson (1984) and of the Western Electric handbook (1956). Sets of rules are bit masks of {@link #bit}. Beyond and
 * same side are strict: a point exactly on a line is not beyond it, a point exactly on the centre is on no side.
 */
public enum RunRule {
    /** One point beyond 3 sigma. */
    NELSON_1(0, "nelson1", "1 point beyond 3 sigma"),
    /** Nine points in a row on the same side of the centre. */
    NELSON_2(1, "nelson2", "9 points in a row on one side of the center"),
    /** Six points in a row all increasing or all decreasing. */
    NELSON_3(2, "nelson3", "6 points in a row rising or falling"),
    /** Fourteen points in a row alternating up and down. */
    NELSON_4(3, "nelson4", "14 points in a row alternating up and down"),
    /** Two of three points beyond 2 sigma on the same side. */
    NELSON_5(4, "nelson5", "2 of 3 points beyond 2 sigma on one side"),
    /** Four of five points beyond 1 sigma on the same side. */
    NELSON_6(5, "nelson6", "4 of 5 points beyond 1 sigma on one side"),
    /** Fifteen points in a row within 1 sigma: limits too wide or strata mixed. */
    NELSON_7(6, "nelson7", "15 points in a row within 1 sigma"),
    /** Eight points in a row beyond 1 sigma, on both sides. */
    NELSON_8(7, "nelson8", "8 points in a row beyond 1 sigma on both sides"),
    /** One point beyond 3 sigma. */
    WECO_1(8, "weco1", "1 point beyond 3 sigma"),
    /** Two of three points beyond 2 sigma on the same side. */
    WECO_2(9, "weco2", "2 of 3 points beyond 2 sigma on one side"),
    /** Four of five points beyond 1 sigma on the same side. */
    WECO_3(10, "weco3", "4 of 5 points beyond 1 sigma on one side"),
    /** Eight points in a row on the same side of the centre. */
    WECO_4(11, "weco4", "8 points in a row on one side of the center");

    /** All eight rules of Nelson. */
    public static final int ALL_NELSON = 0xff;

    /** All four zone rules of Western Electric. */
    public static final int ALL_WECO = 0xf00;

    private final int bit;
    private final String text;
    private final String words;

    RunRule(int position, String text, String words) {
        this.bit = 1 << position;
        this.text = text;
        this.words = words;
    }

    /** The rule in a mask; stable. */
    public int bit() {
        return bit;
    }

    /** Stable name, for example {@code nelson5}. */
    public String text() {
        return text;
    }

    /** What the rule says, for people. */
    public String words() {
        return words;
    }

    public boolean isIn(int mask) {
        return mask >= 0 && (mask & bit) != 0;
    }

    /** Nelson rule 1 to 8. */
    public static RunRule nelson(int number) {
        if (number < 1 || number > 8) {
            throw new IllegalArgumentException("Nelson rule " + number + ": expected 1 to 8");
        }
        return values()[number - 1];
    }

    /** Western Electric rule 1 to 4. */
    public static RunRule weco(int number) {
        if (number < 1 || number > 4) {
            throw new IllegalArgumentException("WECO rule " + number + ": expected 1 to 4");
        }
        return values()[7 + number];
    }

    public static int mask(RunRule... rules) {
        int mask = 0;
        for (RunRule rule : rules) {
            mask |= rule.bit;
        }
        return mask;
    }

    /**
     * Reads the stable name.
     *
     * @throws SpcFormatException when no rule has this name
     */
    public static RunRule parse(String text) {
        return Arrays.stream(values())
                .filter(rule -> rule.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new SpcFormatException("run rule", text, "nelson1 to nelson8 or weco1 to weco4"));
    }

    @Override
    public String toString() {
        return text;
    }
}
