package io.tfdc.spc;

/**
 * The points in which published implementations of the run rules differ. Choose one explicitly; {@link #QCC} is the product's default.
 *
 * @param trendPoints points of the trend rule (Nelson 3): 6 or 7
 * @param alternatingPoints points of the alternation rule (Nelson 4): 14 or 15
 * @param partialWindow whether 2-of-3 may fire at the second point of a history and 4-of-5 at the fourth
 * @param strictlyWithin whether a point exactly on 1 sigma ends a stratification (Nelson 7)
 * @param mixtureOnOneSide whether Nelson 8 also fires when all points are on the same side
 */
public record RunRuleConvention(
        int trendPoints,
        int alternatingPoints,
        boolean partialWindow,
        boolean strictlyWithin,
        boolean mixtureOnOneSide) {
    /** As R qcc 3.0 and Nelson's text: full windows, both sides for rule 8, on 1 sigma counts as within. */
    public static final RunRuleConvention QCC = new RunRuleConvention(6, 14, false, false, false);

    /** As R Rspc and Minitab where they differ from {@link #QCC}: partial windows, rule 8 on either side. */
    public static final RunRuleConvention RSPC = new RunRuleConvention(6, 14, true, false, true);

    public RunRuleConvention {
        if (trendPoints < 3
                || trendPoints > RunRules.LONGEST
                || alternatingPoints < 3
                || alternatingPoints > RunRules.LONGEST) {
            throw new IllegalArgumentException("trend of " + trendPoints + " and alternation of " + alternatingPoints
                    + " points: expected 3 to " + RunRules.LONGEST);
        }
    }

    /**
     * Reads {@code qcc} or {@code rspc} ({@code minitab} is the same).
     *
     * @throws SpcFormatException when it is anything else
     */
    public static RunRuleConvention parse(String text) {
        return switch (text) {
            case "qcc" -> QCC;
            case "rspc", "minitab" -> RSPC;
            default -> throw new SpcFormatException("run-rule convention", text, "qcc, rspc or minitab");
        };
    }
}
