package io.tfdc.cli.terminal;

import java.util.Optional;

/**
 * A key that was pressed.
 *
 * @param kind which one
 * @param character what it types, 0 unless it is a {@link Kind#CHARACTER}
 */
public record Key(Kind kind, char character) {
    /** Keys that are told apart. */
    public enum Kind {
        CHARACTER,
        TAB,
        UP,
        DOWN,
        LEFT,
        RIGHT,
        PAGE_UP,
        PAGE_DOWN,
        HOME,
        END
    }

    static Key of(Kind kind) {
        return new Key(kind, (char) 0);
    }

    /** Makes keys of the bytes that a terminal sends; what it doesn't know is swallowed whole. */
    static final class Reader {
        private static final int ESCAPE = 0x1b;
        private static final int LONGEST = 8;

        private final StringBuilder sequence = new StringBuilder();

        /** The key that the byte completes, if it completes one. */
        Optional<Key> accept(int octet) {
            if (octet == ESCAPE) {
                sequence.setLength(0);
                sequence.append((char) octet);
                return Optional.empty();
            }
            if (sequence.isEmpty()) {
                return plain(octet);
            }
            sequence.append((char) octet);
            boolean introduced = sequence.length() == 2 && (octet == '[' || octet == 'O');
            boolean parameter = sequence.length() > 2 && (Character.isDigit(octet) || octet == ';');
            if ((introduced || parameter) && sequence.length() < LONGEST) {
                return Optional.empty();
            }
            Optional<Key> key = special(sequence.substring(1));
            sequence.setLength(0);
            return key;
        }

        private static Optional<Key> plain(int octet) {
            if (octet == '\t') {
                return Optional.of(of(Kind.TAB));
            }
            return octet >= ' ' && octet < 0x7f ? Optional.of(new Key(Kind.CHARACTER, (char) octet)) : Optional.empty();
        }

        private static Optional<Key> special(String sequence) {
            Kind kind = switch (sequence) {
                case "[A", "OA" -> Kind.UP;
                case "[B", "OB" -> Kind.DOWN;
                case "[C", "OC" -> Kind.RIGHT;
                case "[D", "OD" -> Kind.LEFT;
                case "[5~" -> Kind.PAGE_UP;
                case "[6~" -> Kind.PAGE_DOWN;
                case "[H", "OH", "[1~" -> Kind.HOME;
                case "[F", "OF", "[4~" -> Kind.END;
                default -> null;
            };
            return Optional.ofNullable(kind).map(Key::of);
        }
    }
}
