package io.tfdc.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of data.
 *
 * @param bytes 0 or more
 */
public record DataSize(long bytes) implements Comparable<DataSize> {
    private static final Pattern NOTATION = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,6})?)\\s*([kKMGT]i?B|B)");
    private static final List<String> BINARY = List.of("TiB", "GiB", "MiB", "KiB");

    public DataSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a data size must not be negative, found " + bytes);
        }
    }

    /** Reads {@code 512B}, {@code 100MiB} (powers of 1,024) or {@code 1.5GB} (powers of 1,000); empty if it is neither. */
    static Optional<DataSize> parse(String text) {
        Matcher matcher = NOTATION.matcher(text);
        if (!matcher.matches()) {
            return text.equals("0") ? Optional.of(new DataSize(0)) : Optional.empty();
        }
        BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(factor(matcher.group(2))));
        return bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
                ? Optional.empty()
                : Optional.of(new DataSize(bytes.longValue()));
    }

    private static long factor(String unit) {
        if (unit.equals("B")) {
            return 1;
        }
        int power = "KMGT".indexOf(Character.toUpperCase(unit.charAt(0))) + 1;
        return power(unit.length() == 3 ? 1024 : 1000, power);
    }

    private static long power(long base, int exponent) {
        long result = 1;
        for (int i = 0; i < exponent; i++) {
            result *= base;
        }
        return result;
    }

    @Override
    public int compareTo(DataSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** The shortest exact notation with a binary unit; reads back as the same size. */
    @Override
    public String toString() {
        for (String unit : BINARY) {
            long factor = factor(unit);
            if (bytes >= factor && bytes % factor == 0) {
                return bytes / factor + unit;
            }
        }
        return bytes + "B";
    }
}
