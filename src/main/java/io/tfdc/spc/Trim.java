package io.tfdc.spc;

import java.math.BigDecimal;

/**
 * What is taken off one end of a window, so that a transition does not pollute the stable part.
 *
 * @param amount 0 or more: microseconds or samples
 * @param unit what the amount counts
 */
public record Trim(long amount, Unit unit) {
    /** Longest trim by time: one day. */
    static final long MAX_MICROS = 86_400_000_000L;

    static final long MAX_SAMPLES = 10_000_000L;

    /** Nothing is taken off. */
    public static final Trim NONE = new Trim(0, Unit.MICROS);

    /** Time in microseconds or a number of samples. */
    public enum Unit {
        MICROS,
        SAMPLES
    }

    public Trim {
        long max = unit == Unit.MICROS ? MAX_MICROS : MAX_SAMPLES;
        if (amount < 0 || amount > max) {
            throw new IllegalArgumentException("trim of " + amount + " " + unit + ": expected 0 to " + max);
        }
        if (amount == 0) {
            unit = Unit.MICROS;
        }
    }

    public static Trim micros(long micros) {
        return new Trim(micros, Unit.MICROS);
    }

    public static Trim seconds(long seconds) {
        return micros(Math.multiplyExact(seconds, 1_000_000L));
    }

    public static Trim samples(long samples) {
        return new Trim(samples, Unit.SAMPLES);
    }

    boolean isNone() {
        return amount == 0;
    }

    /** {@code 2s}, {@code 1500ms}, {@code 250us} or {@code 5n} for five samples; the largest unit that needs no fraction. */
    @Override
    public String toString() {
        if (unit == Unit.SAMPLES) {
            return amount + "n";
        }
        if (amount % 1_000_000 == 0) {
            return amount / 1_000_000 + "s";
        }
        return amount % 1_000 == 0 ? amount / 1_000 + "ms" : amount + "us";
    }

    /**
     * Reads {@code 2s}, {@code 1.5s}, {@code 250ms}, {@code 10us} or {@code 5n}.
     *
     * @throws SpcFormatException when the text is anything else
     */
    public static Trim parse(String text) {
        int unitAt = 0;
        while (unitAt < text.length()
                && (Character.digit(text.charAt(unitAt), 10) >= 0 || text.charAt(unitAt) == '.')) {
            unitAt++;
        }
        String number = text.substring(0, unitAt);
        if (number.isEmpty() || number.length() > 20 || number.startsWith(".") || number.endsWith(".")) {
            throw malformed(text);
        }
        try {
            BigDecimal amount = new BigDecimal(number);
            return switch (text.substring(unitAt)) {
                case "s" -> micros(amount.movePointRight(6).longValueExact());
                case "ms" -> micros(amount.movePointRight(3).longValueExact());
                case "us" -> micros(amount.longValueExact());
                case "n" -> samples(amount.longValueExact());
                default -> throw malformed(text);
            };
        } catch (NumberFormatException e) {
            throw malformed(text);
        } catch (ArithmeticException e) {
            throw new SpcFormatException("trim", text, "whole microseconds or whole samples");
        }
    }

    private static SpcFormatException malformed(String text) {
        return new SpcFormatException(
                "trim", text, "a number with unit s, ms, us or n (samples), for example 2s or 5n");
    }
}
