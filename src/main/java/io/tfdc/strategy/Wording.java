package io.tfdc.strategy;

import io.tfdc.model.IndicatorKey;
import io.tfdc.spc.WindowSpec;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers and charts as engineers write them. */
final class Wording {
    private static final MathContext SIX_DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

    private Wording() {}

    /** At most six significant digits, thousands grouped from 10,000 on. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "undefined";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "infinite" : "minus infinite";
        }
        BigDecimal rounded = new BigDecimal(value).round(SIX_DIGITS);
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-5 || size >= 1e9)) {
            return rounded.stripTrailingZeros().toString().replace("E+", "e").replace("E", "e");
        }
        String plain =
                rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
        return size >= 10_000 ? grouped(plain) : plain;
    }

    private static String grouped(String plain) {
        int end = plain.indexOf('.') < 0 ? plain.length() : plain.indexOf('.');
        StringBuilder text = new StringBuilder(plain);
        int first = plain.startsWith("-") ? 1 : 0;
        for (int i = end - 3; i > first; i -= 3) {
            text.insert(i, ',');
        }
        return text.toString();
    }

    /** {@code RF_Impedance mean in step 5}. */
    static String name(IndicatorKey key) {
        return key.svid() + ' ' + key.statistic() + window(key.window());
    }

    private static String window(String text) {
        WindowSpec window = WindowSpec.parse(text);
        StringBuilder words = new StringBuilder();
        if (window.isWholeRun()) {
            words.append(" over the run");
        } else {
            words.append(" in step ").append(window.step());
            if (window.occurrence() > 1) {
                words.append(" (visit ").append(window.occurrence()).append(')');
            }
        }
        int trims = text.indexOf('[');
        return trims < 0
                ? words.toString()
                : words.append(' ').append(text.substring(trims)).toString();
    }

    /** At most {@code max} characters. */
    static String shortened(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max - 3) + "...";
    }
}
