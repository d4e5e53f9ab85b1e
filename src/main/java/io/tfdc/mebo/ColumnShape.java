package io.tfdc.mebo;

/**
 * What can be told of a column without decoding it: whether its bytes can hold the promised number of items. After
 * these checks an array sized by a metric's count is justified by bytes.
 */
final class ColumnShape {
    private ColumnShape() {}

    static void checkTimestamps(Column column, TimestampEncoding encoding) {
        int count = column.count();
        int length = column.length();
        long least = encoding == TimestampEncoding.RAW ? 8L * count : count;
        boolean known = column.exact() && (encoding == TimestampEncoding.RAW || count == 0);
        require(column, known ? length == least : length >= least);
    }

    static void checkValues(Column column, ValueEncoding encoding, boolean big) {
        int count = column.count();
        int length = column.length();
        if (count == 0) {
            require(column, length == 0);
            return;
        }
        switch (encoding) {
            case RAW -> require(column, length == 8L * count);
            case GORILLA -> require(column, length >= 8 && count <= 1 + 8L * (length - 8));
            case CHIMP -> require(column, length >= 8 && count <= 1 + 4L * (length - 8));
            case ALP -> AlpColumn.parse(column, big);
        }
    }

    static void checkTags(Column column) {
        require(column, column.count() == 0 ? column.length() == 0 : column.length() >= column.count());
    }

    private static void require(Column column, boolean plausible) {
        if (!plausible) {
            throw column.fault(
                    column.from(),
                    "bytes for " + column.count() + " items",
                    "a column of " + column.length() + " bytes");
        }
    }
}
