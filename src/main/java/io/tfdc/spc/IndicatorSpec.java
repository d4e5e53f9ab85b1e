package io.tfdc.spc;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * A statistic with its parameters, for example {@code mean}, {@code above(50)} or {@code settling-time(0.02,5)}.
 *
 * <p>{@link #parse} and {@link #toString} are inverse: the text is canonical (parameters equal to the defaults are left out) and can
 * be a key.
 *
 * @param statistic what to compute
 * @param parameters one value per name of {@link Statistic#parameterNames}, all finite
 */
public record IndicatorSpec(Statistic statistic, List<Double> parameters) {

    public IndicatorSpec {
        parameters = parameters.stream().map(p -> p + 0.0).toList(); // no negative zero: equal texts are equal records
        if (parameters.isEmpty()) {
            parameters = statistic.defaults();
        }
        List<String> names = statistic.parameterNames();
        if (parameters.size() != names.size()) {
            throw new IllegalArgumentException(
                    statistic.text() + parameters + ": expected the parameters " + String.join(", ", names));
        }
        for (int i = 0; i < names.size(); i++) {
            check(statistic, names.get(i), parameters.get(i));
        }
        if (statistic == Statistic.OUTSIDE && parameters.get(0) > parameters.get(1)) {
            throw new IllegalArgumentException("outside" + parameters + ": expected lo not greater than hi");
        }
    }

    /** A statistic without parameters or with its default parameters. */
    public static IndicatorSpec of(Statistic statistic, double... parameters) {
        List<Double> boxed = new ArrayList<>(parameters.length);
        for (double p : parameters) {
            boxed.add(p);
        }
        return new IndicatorSpec(statistic, boxed);
    }

    /**
     * Reads {@code name} or {@code name(p1,p2)}.
     *
     * @throws SpcFormatException when the name or a parameter is wrong
     */
    public static IndicatorSpec parse(String text) {
        if (text.length() > 200) {
            throw new SpcFormatException("indicator", text, "at most 200 characters");
        }
        int open = text.indexOf('(');
        if (open < 0) {
            return create(text, Statistic.parse(text), List.of());
        }
        if (!text.endsWith(")")) {
            throw new SpcFormatException("indicator", text, "a closing parenthesis at the end");
        }
        Statistic statistic = Statistic.parse(text.substring(0, open));
        List<Double> parameters = new ArrayList<>();
        for (String part : text.substring(open + 1, text.length() - 1).split(",", -1)) {
            parameters.add(number(text, part.trim()));
        }
        return create(text, statistic, parameters);
    }

    double parameter(int index) {
        return parameters.get(index);
    }

    @Override
    public String toString() {
        if (parameters.equals(statistic.defaults())) {
            return statistic.text();
        }
        StringBuilder text = new StringBuilder(statistic.text()).append('(');
        for (int i = 0; i < parameters.size(); i++) {
            text.append(i == 0 ? "" : ",").append(plain(parameters.get(i)));
        }
        return text.append(')').toString();
    }

    private static IndicatorSpec create(String text, Statistic statistic, List<Double> parameters) {
        try {
            return new IndicatorSpec(statistic, parameters);
        } catch (IllegalArgumentException e) {
            throw new SpcFormatException("indicator", text, "legal parameters (" + e.getMessage() + ")");
        }
    }

    private static double number(String text, String part) {
        try {
            return new BigDecimal(part).doubleValue();
        } catch (NumberFormatException e) {
            throw new SpcFormatException("indicator", text, "decimal numbers as parameters, not '" + part + "'");
        }
    }

    private static String plain(double value) {
        double magnitude = Math.abs(value);
        if (magnitude != 0 && (magnitude < 1e-6 || magnitude >= 1e15)) {
            return Double.toString(value);
        }
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }

    private static void check(Statistic statistic, String name, double value) {
        boolean legal = switch (name) {
            case "p" -> value >= 0 && value <= 1;
            case "k" -> value >= 1 && value <= 1e6 && value == Math.rint(value);
            case "band" -> value > 0 && value < 1;
            case "height", "seconds" -> value >= 0 && value <= 1e12;
            default -> Math.abs(value) <= Double.MAX_VALUE;
        };
        if (!legal) {
            throw new IllegalArgumentException(statistic.text() + ": " + name + " " + value + " is out of range");
        }
    }
}
