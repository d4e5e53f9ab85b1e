package io.tfdc.mebo;

/**
 * The head of an ALP column: its scheme and, from that, where everything else lies.
 *
 * @param first scheme 0: exponent e; scheme 1: width of right parts
 * @param second scheme 0: factor f; scheme 1: width of left codes
 * @param third scheme 0: width of the codes; scheme 1: size of the dictionary
 * @param exceptions number of exceptions
 */
record AlpColumn(int scheme, int first, int second, int third, int exceptions) {
    static final int MAIN = 0;
    static final int RD = 1;
    static final int RAW = 2;
    static final int MAIN_HEAD = 1 + 15;
    static final int RD_HEAD = 1 + 7;
    static final int MAX_EXPONENT = 18;
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18
    };
    private static final double[] INVERSE_POWERS = {
        1e-0, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12, 1e-13, 1e-14, 1e-15, 1e-16,
        1e-17, 1e-18
    };

    static double power(int k) {
        return POWERS[k];
    }

    static double inversePower(int k) {
        return INVERSE_POWERS[k];
    }

    static ValueDecoder decoder(Column column, boolean big) {
        AlpColumn head = parse(column, big);
        return switch (head.scheme) {
            case MAIN -> new AlpMainValues(column, head, big);
            case RD -> new AlpRdValues(column, head, big);
            default -> new RawValues(column, column.from() + 1, big);
        };
    }

    /** Reads the head and refuses a column whose length is not exactly what the head implies. */
    static AlpColumn parse(Column column, boolean big) {
        byte[] in = column.bytes();
        int from = column.from();
        if (column.length() < 1) {
            throw column.fault(from, "a scheme byte", "the end of the column");
        }
        int scheme = in[from] & 0xFF;
        if (scheme > RAW) {
            throw column.fault(from, "ALP scheme 0, 1 or 2", String.valueOf(scheme));
        }
        if (scheme == RAW) {
            requireLength(column, 1 + 8L * column.count());
            return new AlpColumn(RAW, 0, 0, 0, 0);
        }
        int headLength = scheme == MAIN ? MAIN_HEAD : RD_HEAD;
        if (column.length() < headLength) {
            throw column.fault(from, "an ALP head of " + headLength + " bytes", column.length() + " bytes");
        }
        long exceptions = ByteAccess.u32(in, from + 4, big);
        if (exceptions > column.count()) {
            throw column.fault(from + 4L, "at most " + column.count() + " exceptions", exceptions + " exceptions");
        }
        AlpColumn head =
                new AlpColumn(scheme, in[from + 1] & 0xFF, in[from + 2] & 0xFF, in[from + 3] & 0xFF, (int) exceptions);
        head.checkFields(column);
        requireLength(column, head.exceptionStart(column.count()) + exceptions * head.exceptionLength());
        return head;
    }

    /** Offset in the column of the packed codes. */
    int codeStart() {
        return scheme == MAIN ? MAIN_HEAD : RD_HEAD + 2 * third;
    }

    /** Offset in the column of the packed right parts. */
    long rightStart(int count) {
        return codeStart() + packedLength(count, second);
    }

    long exceptionStart(int count) {
        return scheme == MAIN
                ? codeStart() + packedLength(count, third)
                : rightStart(count) + packedLength(count, first);
    }

    int exceptionLength() {
        return scheme == MAIN ? 12 : 6;
    }

    /** Positions of the exceptions, checked to ascend and to lie inside the column. */
    int[] exceptionPositions(Column column, boolean big) {
        int[] positions = new int[exceptions];
        long previous = -1;
        int at = column.from() + (int) exceptionStart(column.count());
        for (int i = 0; i < exceptions; i++, at += exceptionLength()) {
            long position = ByteAccess.u32(column.bytes(), at, big);
            if (position <= previous || position >= column.count()) {
                throw column.fault(
                        at, "an exception position of " + (previous + 1) + ".." + (column.count() - 1), "" + position);
            }
            positions[i] = (int) position;
            previous = position;
        }
        return positions;
    }

    static long packedLength(int count, int width) {
        return ((long) count * width + 7) >>> 3;
    }

    private void checkFields(Column column) {
        long at = column.from();
        if (scheme == MAIN) {
            requireRange(column, at + 1, "exponent", first, 0, MAX_EXPONENT);
            requireRange(column, at + 2, "factor", second, 0, MAX_EXPONENT);
            requireRange(column, at + 3, "code width", third, 0, 64);
        } else {
            requireRange(column, at + 1, "width of right parts", first, 1, 63);
            requireRange(column, at + 2, "code width", second, 1, 3);
            requireRange(column, at + 3, "dictionary size", third, 1, 8);
        }
    }

    private static void requireRange(Column column, long at, String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw column.fault(at, what + " of " + least + ".." + most, String.valueOf(value));
        }
    }

    private static void requireLength(Column column, long length) {
        if (column.length() != length) {
            throw column.fault(
                    column.from(), "a column of " + length + " bytes as its head implies", column.length() + " bytes");
        }
    }
}
