package io.tfdc.spc;

import java.util.Arrays;

/** How centre and sigma of a chart come about. */
public enum LimitMethod {
    /** Set by an engineer. */
    FIXED("fixed"),
    /** Mean and mean moving range / d2(2): sees drift that the standard deviation hides. The default. */
    MEAN_MR("mean-mr"),
    /** Mean and sample standard deviation. */
    SD("sd"),
    /** Mean and standard deviation / c4(n). */
    SD_C4("sd-c4"),
    /** Median and median moving range / 0.9539. */
    MEDIAN_MR("median-mr"),
    /** Median and 1.4826 * median absolute deviation. */
    MAD("mad");

    private final String text;

    LimitMethod(String text) {
        this.text = text;
    }

    /** Stable name, lower case with dashes. */
    public String text() {
        return text;
    }

    /**
     * Reads the stable name.
     *
     * @throws SpcFormatException when no method has this name
     */
    public static LimitMethod parse(String text) {
        return Arrays.stream(values())
                .filter(method -> method.text.equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new SpcFormatException("limit method", text, "fixed, mean-mr, sd, sd-c4, median-mr or mad"));
    }

    @Override
    public String toString() {
        return text;
    }
}
