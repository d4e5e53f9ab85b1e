package io.tfdc.coordination;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A member's id, {@code defender-N}, and the names that follow from it.
 *
 * @param number N, 0 to 9,999
 */
public record StableId(int number) implements Comparable<StableId> {
    private static final String PREFIX = "defender-";
    private static final Pattern TEXT = Pattern.compile(PREFIX + "(0|[1-9][0-9]{0,3})");
    private static final Pattern SLICE = Pattern.compile("d(0|[1-9][0-9]{0,3})-([a-z0-9]+)-([0-9]+)");

    public StableId {
        if (number < 0 || number > 9_999) {
            throw new IllegalArgumentException("stable id: expected 0 to 9999, found " + number);
        }
    }

    /** Reads {@code defender-N}. */
    public static StableId parse(String text) {
        return tryParse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "stable id: expected defender-0 to defender-9999, found \"" + text + '"'));
    }

    /** Reads {@code defender-N}, empty if it is something else. */
    public static Optional<StableId> tryParse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches() ? Optional.of(new StableId(Integer.parseInt(matcher.group(1)))) : Optional.empty();
    }

    /** The name of one of an incarnation's consumers: {@code dN-INCARNATION-K}. */
    public String slice(String incarnation, int k) {
        return "d" + number + '-' + incarnation + '-' + k;
    }

    /** What a consumer's name says of its owner, empty if it is not the name of a slice. */
    public static Optional<SliceOwner> ownerOf(String slice) {
        Matcher matcher = SLICE.matcher(slice);
        return matcher.matches()
                ? Optional.of(new SliceOwner(new StableId(Integer.parseInt(matcher.group(1))), matcher.group(2)))
                : Optional.empty();
    }

    /** Whose a slice is. */
    public record SliceOwner(StableId id, String incarnation) {}

    @Override
    public int compareTo(StableId other) {
        return Integer.compare(number, other.number);
    }

    /** {@code defender-N}. */
    @Override
    public String toString() {
        return PREFIX + number;
    }
}
